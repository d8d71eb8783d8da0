"""``qt``'s dialogs: a test says beforehand what the user will answer; PythonQt's return values."""

from typing import Any


class Answers:
    """What the user will say, dialog by dialog."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []
        self.titles: list[str] = []

    def give(self, *answers: Any) -> None:
        """In the order in which the dialogs come up."""
        self.waiting.extend(answers)

    def take(self, title: str) -> Any:
        """The next answer; a dialog that no test expects is an error."""
        self.titles.append(title)
        if not self.waiting:
            raise RuntimeError(f"a dialog came up unexpectedly: {title}")
        return self.waiting.pop(0)


answers = Answers()


class QFileDialog:
    """Paths as PythonQt returns them: a string, or a tuple of strings."""

    @staticmethod
    def getOpenFileName(_parent: Any, title: str, _folder: str = "", _kinds: str = "") -> str:  # noqa: N802
        """One file; empty is Cancel."""
        return str(answers.take(title))

    @staticmethod
    def getOpenFileNames(  # noqa: N802
        _parent: Any, title: str, _folder: str = "", _kinds: str = ""
    ) -> tuple[str, ...]:
        """Several files; none is Cancel."""
        return tuple(map(str, answers.take(title)))

    @staticmethod
    def getExistingDirectory(_parent: Any, title: str, _folder: str = "") -> str:  # noqa: N802
        """A folder; empty is Cancel."""
        return str(answers.take(title))


class QInputDialog:
    """A choice from a list."""

    @staticmethod
    def getItem(  # noqa: N802
        _parent: Any, title: str, _label: str, items: list[str], _current: int, _editable: bool
    ) -> str:
        """The text chosen, by its place in the list; empty is Cancel."""
        place = answers.take(title)
        return "" if place is None else items[place]
