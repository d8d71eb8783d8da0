"""The findings: one row each, whether one view shows the spot or both."""

import qt
from slicer.i18n import tr as _

from BMLesionSegPanel.words import siteWord, statusWord, viewWord

ROW_HEIGHT = 22


class FindingsTable:
    """Fills the table and tells which finding is chosen."""

    def __init__(self, table, chosen):
        """``chosen(number or None)`` is called when the user chooses another row."""
        self._table = table
        self._chosen = chosen
        self._numbers = []
        table.itemSelectionChanged.connect(self._selectionChanged)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.horizontalHeader().setDefaultAlignment(qt.Qt.AlignLeft)
        headings = [
            _("No."),
            _("Views"),
            _("Status"),
            _("Site"),
            _("Area (mm²)"),
            _("Max counts"),
            _("Ratio"),
            _("Prob."),
        ]
        table.setColumnCount(len(headings))
        table.setHorizontalHeaderLabels(headings)
        table.resizeColumnsToContents()

    def show(self, rows):
        """Show these findings; the chosen one stays chosen if it is still there."""
        number = self.number()
        self._table.blockSignals(True)
        self._table.setRowCount(len(rows))
        self._numbers = [row.number for row in rows]
        for place, row in enumerate(rows):
            for column, text in enumerate(cells(row)):
                item = qt.QTableWidgetItem(text)
                if column in (0, 4, 5, 6, 7):
                    item.setTextAlignment(qt.Qt.AlignRight | qt.Qt.AlignVCenter)
                if column == 2:
                    item.setForeground(qt.QBrush(qt.QColor.fromRgbF(*row.color)))
                self._table.setItem(place, column, item)
        self._table.resizeColumnsToContents()
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
    return [
        str(row.number),
        " ".join(viewWord(view) for view in row.views),
        statusWord(row.status),
        siteWord(row.site),
        f"{row.areaMm2:.0f}",
        f"{row.maxCounts:.0f}",
        f"{row.uptakeRatio:.1f}",
        f"{row.probability:.2f}" if row.probability is not None else _("drawn"),
    ]
