"""Text that runs down a page and on to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from BMLesionSegLib.exporting.report.helvetica import wrapped
from BMLesionSegLib.exporting.report.pdf_page import BLACK, HEIGHT, WIDTH, Page
from BMLesionSegLib.exporting.segment import Colour

MARGIN = 48.0
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
TOP, BOTTOM = 64.0, HEIGHT - 60.0
TEXT_SIZE, LEADING = 9.5, 13.0
HEADING_SIZE = 11.5
SMALL_SIZE = 8.0
FAINT: Colour = (110, 110, 110)
PALE: Colour = (200, 200, 200)
ROW = 12.5


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: above it.
        left: of its text, points from the margin.
        right: where numbers end; None for words, which begin at ``left``.
    """

    title: str
    left: float
    right: float | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, and the colour of the sign before it."""

    cells: tuple[str, ...]
    sign: Colour


class Flow:
    """Pages that fill from the top.

    Attributes:
        pages: so far.
        y: where the next line's top is, points from the page's top.
    """

    def __init__(self) -> None:
        self.pages = [Page()]
        self.y = TOP

    @property
    def page(self) -> Page:
        """The one that is being filled."""
        return self.pages[-1]

    def new_page(self) -> None:
        """Go on at the top of another page."""
        self.pages.append(Page())
        self.y = TOP

    def keep(self, height: float) -> None:
        """Go to a new page unless so much room is left here."""
        if self.y + height > BOTTOM:
            self.new_page()

    def gap(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def heading(self, words: str, following: float = 2 * LEADING) -> None:
        """A heading, never parted from what follows it."""
        self.gap(LEADING)
        self.keep(HEADING_SIZE + following)
        self.page.text(LEFT, self.y + HEADING_SIZE, words, HEADING_SIZE, bold=True)
        self.page.rule(LEFT, self.y + HEADING_SIZE + 4, RIGHT, PALE)
        self.gap(HEADING_SIZE + 8)

    def paragraph(
        self,
        words: str,
        bold: bool = False,
        ink: Colour = BLACK,
        size: float = TEXT_SIZE,
        bullet: str = "",
    ) -> None:
        """A paragraph; a bullet hangs out to the left of its lines."""
        indent = 12.0 if bullet else 0.0
        for number, line in enumerate(wrapped(words, RIGHT - LEFT - indent, size, bold)):
            self.keep(LEADING)
            if bullet and number == 0:
                self.page.text(LEFT, self.y + size, bullet, size, bold, ink)
            self.page.text(LEFT + indent, self.y + size, line, size, bold, ink)
            self.gap(LEADING)

    def table(self, columns: Sequence[Column], groups: Iterable[Sequence[Row]]) -> None:
        """A table; its titles stand on every page, and no page parts the rows of a group."""
        self.titles(columns)
        for rows in groups:
            if self.y + ROW * len(rows) > BOTTOM:
                self.new_page()
                self.titles(columns)
            for row in rows:
                self.page.frame(LEFT, self.y + 2.5, 6, row.sign)
                for column, cell in zip(columns, row.cells, strict=True):
                    self.cell(column, cell, bold=False)
                self.gap(ROW)

    def titles(self, columns: Sequence[Column]) -> None:
        """The row of titles."""
        for column in columns:
            self.cell(column, column.title, bold=True)
        self.page.rule(LEFT, self.y + ROW - 1, RIGHT, PALE)
        self.gap(ROW + 2)

    def cell(self, column: Column, words: str, bold: bool) -> None:
        """One cell of the row at ``y``."""
        baseline = self.y + SMALL_SIZE
        if column.right is None:
            self.page.text(LEFT + column.left, baseline, words, SMALL_SIZE, bold)
        else:
            self.page.text_to(LEFT + column.right, baseline, words, SMALL_SIZE, bold)
