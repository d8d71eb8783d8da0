"""The cases of a plan in memory, made once and used by every training of the same plan's data."""

from functools import cached_property

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training.curve import Watch
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.recipe import Placing, Recipe
from BMLesionSegLib.learning.training.tiles import PreparedViews
from BMLesionSegLib.preparation import Normalisation


class TrainingData:
    """What a training reads; each part is made when it is first asked for.

    Attributes:
        rule: of normalisation, the project's default.
    """

    def __init__(self, plan: Plan) -> None:
        """Nothing is made yet."""
        self._plan = plan
        self._tile, self._shown = plan.network.tile_shape, plan.network.views
        self.rule = Normalisation()

    def serves(self, plan: Plan) -> bool:
        """Whether a plan that differs at most in seed, network and recipe has the same data."""
        asked = plan.seed, plan.network.tile_shape, plan.network.views
        return asked == (self._plan.seed, self._tile, self._shown)

    @cached_property
    def views(self) -> PreparedViews:
        """To learn from."""
        return PreparedViews(self._plan.training_cases(), self.rule, self._tile, self._shown)

    def steps(self, epochs: int, recipe: Recipe) -> int:
        """Steps in which each tile of the recipe's grid is drawn ``epochs`` times, rounded up.

        Raises:
            TrainingRefused: the recipe's tiles lie anywhere.
        """
        if recipe.placing is Placing.ANYWHERE:
            expected = "epochs are counted over tiles of the grid, as with the recipe paper"
            came = f"the tiles of the recipe {recipe.name} lie anywhere"
            raise TrainingRefused(expected, came, "Give --steps instead.")
        tiles = len(self.views.grid(recipe.placing is Placing.GRID_WITH_LESION))
        return -(-epochs * tiles // recipe.batch)

    @cached_property
    def validation(self) -> list[Case]:
        """To choose the threshold on."""
        return list(self._plan.validation_cases())

    @cached_property
    def watch(self) -> Watch | None:
        """Tiles of the validation patients, None where they have no lesion."""
        if all(case.normal for case in self.validation):
            return None
        return Watch(PreparedViews(self.validation, self.rule, self._tile, self._shown))

    @cached_property
    def test(self) -> list[Case]:
        """To measure on."""
        return list(self._plan.test_cases())


class SharedData:
    """The data that was asked for last, kept for the next training on the same.

    Attributes:
        last: that data; None before the first.
    """

    def __init__(self) -> None:
        """Nothing is made yet."""
        self.last: TrainingData | None = None

    def of(self, plan: Plan) -> TrainingData:
        """The data of a plan, which differs from the others at most in seed, network, recipe."""
        if self.last is None or not self.last.serves(plan):
            self.last = TrainingData(plan)
        return self.last
