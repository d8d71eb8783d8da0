"""The box "Findings": quality, the table, and the review of one finding after another."""

from slicer.i18n import tr as _

from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegPanel.findings_table import FindingsTable
from BMLesionSegPanel.words import flagWord, statusWord


class FindingsBox:
    """Table and buttons over the panel's review."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._table = FindingsTable(self._ui.findingsTable, self._chosen)
        self._statuses = list(ReviewStatus)
        for status in self._statuses:
            self._ui.statusSelector.addItem(statusWord(status))
        self._ui.statusSelector.activated.connect(self._statusPicked)
        self._ui.acceptButton.clicked.connect(self.accept)
        self._ui.rejectButton.clicked.connect(self.reject)
        self._ui.acceptAllButton.clicked.connect(self.acceptRemaining)
        self._ui.undoButton.clicked.connect(self._undo)

    def refresh(self):
        """Show the findings as they are now."""
        review = self._panel.review
        self._rows = {row.number: row for row in review.rows()} if review else {}
        free = bool(self._rows) and not self._panel.isRunning()
        buttons = (self._ui.acceptButton, self._ui.rejectButton, self._ui.acceptAllButton)
        for widget in (*buttons, self._ui.statusSelector):
            widget.enabled = free
        blocked = self._panel.editors.undoBlockedReason()
        self._ui.undoButton.enabled = bool(review) and not self._panel.isRunning() and not blocked
        self._ui.undoButton.toolTip = blocked or _("Take back the last step of the review.")
        self._ui.headlineLabel.text = self._headline()
        self._ui.qualityLabel.text = self._quality()
        self._ui.qualityLabel.visible = bool(self._ui.qualityLabel.text)
        self._table.show(list(self._rows.values()))

    def step(self, by):
        """Next (1) or previous (-1) finding."""
        self._table.step(by)

    def accept(self):
        """The chosen finding is a metastasis; on to the next unreviewed one."""
        self._setStatus(ReviewStatus.METASTASIS)
        self._advance()

    def reject(self):
        """The chosen finding is none; on to the next unreviewed one."""
        self._setStatus(ReviewStatus.REJECTED)
        self._advance()

    def acceptRemaining(self):
        """All at once; one undo step."""
        if self._rows:
            self._panel.attempt(lambda: self._panel.change(self._panel.review.acceptRemaining))

    def choose(self, number):
        """Choose a finding from elsewhere."""
        self._table.choose(number)

    def _statusPicked(self, index):
        self._setStatus(self._statuses[index])

    def _setStatus(self, status):
        number = self._table.number()
        if number is not None:
            change, review = self._panel.change, self._panel.review
            self._panel.attempt(lambda: change(review.setStatus, number, status))

    def _advance(self):
        numbers = list(self._rows)
        number = self._table.number()
        place = numbers.index(number) if number in numbers else -1
        for candidate in (*numbers[place + 1 :], *numbers[: place + 1]):
            if self._rows[candidate].status is ReviewStatus.UNREVIEWED:
                self._table.choose(candidate)
                return

    def _undo(self):
        self._panel.editors.undo()
        self._panel.refresh()

    def _chosen(self, number):
        row = self._rows.get(number)
        if row is not None:
            self._ui.statusSelector.currentIndex = self._statuses.index(row.status)
        self._panel.display.halo(row)

    def _headline(self):
        if self._panel.review is None:
            return _("Not segmented yet.")
        if not self._rows:
            return self._noneFound()
        left = sum(row.status is ReviewStatus.UNREVIEWED for row in self._rows.values())
        text = _("{count} findings, {left} unreviewed")
        return text.format(count=len(self._rows), left=left)

    def _noneFound(self):
        """Never a normal scan; with a flag that may hide lesions, not even "none found"."""
        quality = self._panel.review.quality
        if not quality.blocks_normal:
            return _("None found, not a normal scan.")
        blocking = [flag.kind for flag in quality.flags if flag.blocks_normal]
        reasons = ", ".join(map(flagWord, dict.fromkeys(blocking)))
        return _("No statement possible: {reasons}").format(reasons=reasons)

    def _quality(self):
        review = self._panel.review
        quality = review.quality if review else None
        if quality is None:
            return ""
        self._ui.qualityLabel.toolTip = "\n".join(flag.text for flag in quality.flags)
        flags = list(dict.fromkeys(flagWord(flag.kind) for flag in quality.flags))
        return _("Quality: {flags}").format(flags=", ".join(flags) if flags else _("no remarks"))
