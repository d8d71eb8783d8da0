"""The findings: one row each, whether one view shows the spot or both.

A cell has two lines, so that all eight facts stand side by side in a panel of 320 pixels.
"""

import qt
from slicer.i18n import tr as _

from BMLesionSegPanel.words import siteWord, statusWord, viewWord

SITE = 2
"""The column that takes what room is left; its texts may be cut, and stand in its tooltips."""
NUMBERS = (3, 4)


class FindingsTable:
    """Fills the table and tells which finding is chosen."""

    def __init__(self, table, chosen):
        """``chosen(number or None)`` is called when the user chooses another row."""
        self._table = table
        self._chosen = chosen
        self._numbers = []
        table.itemSelectionChanged.connect(self._selectionChanged)
        table.verticalHeader().hide()
        headings = {
            "#": _("Number, head to foot; the same in both views."),
            _("Views"): _("That show the finding."),
            _("Site") + "\n" + _("Status"): _("Level and side of the patient; status."),
            _("mm²") + "\n" + _("Counts"): _("Projected area; counts of the hottest pixel."),
            _("Ratio") + "\n" + _("Prob."): _(
                "Mean uptake over normal bone; mean probability of its pixels."
            ),
        }
        table.setColumnCount(len(headings))
        table.setHorizontalHeaderLabels(list(headings))
        for column, tip in enumerate(headings.values()):
            table.horizontalHeaderItem(column).setToolTip(tip)
        header = table.horizontalHeader()
        header.setDefaultAlignment(qt.Qt.AlignLeft)
        header.setSectionResizeMode(qt.QHeaderView.ResizeToContents)
        header.setSectionResizeMode(SITE, qt.QHeaderView.Stretch)

    def show(self, rows):
        """Show these findings; the chosen one stays chosen if it is still there."""
        number = self.number()
        self._table.blockSignals(True)
        self._table.setRowCount(len(rows))
        self._numbers = [row.number for row in rows]
        for place, row in enumerate(rows):
            for column, text in enumerate(cells(row)):
                item = qt.QTableWidgetItem(text)
                if column in NUMBERS:
                    item.setTextAlignment(qt.Qt.AlignRight | qt.Qt.AlignVCenter)
                if column == SITE:
                    item.setToolTip(text)
                    item.setForeground(qt.QBrush(qt.QColor.fromRgbF(*row.color)))
                self._table.setItem(place, column, item)
        self._table.resizeRowsToContents()
        self._table.blockSignals(False)
        self.choose(number if number in self._numbers else next(iter(self._numbers), None))

    def number(self):
        """Of the chosen finding, or None."""
        row = self._table.currentRow()
        return self._numbers[row] if 0 <= row < len(self._numbers) else None

    def choose(self, number):
        """Choose a finding by its number, or none."""
        if number is None:
            self._table.clearSelection()
            self._chosen(None)
        elif self.number() != number:
            self._table.selectRow(self._numbers.index(number))
        else:
            self._chosen(number)

    def step(self, by):
        """Choose the next or the one before; the ends are joined."""
        if self._numbers:
            number = self.number()
            place = self._numbers.index(number) if number is not None else -1
            self.choose(self._numbers[(place + by) % len(self._numbers)])

    def _selectionChanged(self):
        self._chosen(self.number())


def cells(row):
    """The texts of one row."""
    probability = f"{row.probability:.2f}" if row.probability is not None else _("drawn")
    return [
        str(row.number),
        "\n".join(viewWord(view) for view in row.views),
        f"{siteWord(row.site)}\n{statusWord(row.status)}",
        f"{row.areaMm2:.0f}\n{row.maxCounts:.0f}",
        f"{row.uptakeRatio:.1f}\n{probability}",
    ]
