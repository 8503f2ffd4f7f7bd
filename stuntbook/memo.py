"""What earlier runs have made, so that a server makes only anew what an edit touches."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from stuntbook.diagnostics import Report

Kept = TypeVar("Kept")
Inputs = tuple[object, ...]
"""All that a result depends on. Comparing is fast: what is the same object is equal without a further look."""


class Memo:
    """Results with the inputs that they were made from: for equal inputs, the result of the run before is given.

    A name stands for one result within a run. What a run does not ask for is forgotten when the next one begins.
    Only what was there before errors is kept until they are mended, for it is wanted again then.
    """

    def __init__(self, *, keeping: bool = True) -> None:
        self.keeping = keeping
        """Whether there will be another run."""
        self._before: dict[Hashable, tuple[Inputs, object]] = {}
        self._now: dict[Hashable, tuple[Inputs, object]] = {}
        self._held: dict[Hashable, tuple[Inputs, object]] = {}
        """What the last run without errors has made, while there are errors."""

    def copy(self) -> "Memo":
        """Another one with the same results, for a run of which it is not known yet whether it tells anything."""
        other = Memo(keeping=self.keeping)
        other._now = dict(self._now)
        return other

    def begin(self) -> None:
        """Begin another run."""
        self._before, self._now = self._now, {}

    def end(self, *, broken: bool) -> None:
        """End a run, in which errors may have hidden some of what there is."""
        self._held = (self._held or self._before) if broken else {}

    def recall(
        self, name: Hashable, inputs: Inputs, make: Callable[[], Kept], keep: Callable[[Kept], bool] = lambda _: True
    ) -> Kept:
        """What `make` gives for these inputs. A result that is not to be kept is made again in the next run."""
        for made in (self._before, self._held):
            kept = made.get(name)
            if kept is not None and kept[0] == inputs:
                self._now[name] = kept
                return cast(Kept, kept[1])
        result = make()
        if self.keeping and keep(result):
            self._now[name] = (inputs, result)
        return result

    def recall_checked(self, name: Hashable, inputs: Inputs, report: Report, make: Callable[[Report], Kept]) -> Kept:
        """As `recall`, for what reports problems. A result with problems is not kept: edits move their places."""
        own = Report()
        result = self.recall(name, inputs, lambda: make(own), lambda _: not own)
        report.extend(own)
        return result
