"""What a command is doing: its stages, how far each has come, and how long each took."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

Item = TypeVar("Item")

CLEAR_LINE = "\r\x1b[K"
"""To the start of a terminal's line, and nothing behind it: ECMA-48's carriage return and EL."""


@dataclass(slots=True)
class Stage:
    """A part of a command's work."""

    name: str
    total: int = 0
    """How many things there are to do; 0 where that is not counted."""
    done: int = 0
    started: float = field(default_factory=time.perf_counter)
    seconds: float = 0.0
    """How long it took; 0 while it goes on."""

    @property
    def left(self) -> float | None:
        """How many seconds it will still take if it goes on as it did; None where nothing tells."""
        if not (self.done and self.total):
            return None
        return (time.perf_counter() - self.started) / self.done * (self.total - self.done)


@dataclass(frozen=True, slots=True)
class Progress:
    """The stages of a command, which `show` is told of at each step."""

    show: Callable[[Stage], None] = lambda stage: None
    stages: list[Stage] = field(default_factory=list)
    """In the order in which they began."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage that lasts as long as the block."""
        stage = self.begin(name)
        yield
        self.end(stage)

    def each(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """The items, as a stage that counts them."""
        stage = self.begin(name, total)
        for item in items:
            yield item
            stage.done += 1
            self.show(stage)
        self.end(stage)

    def begin(self, name: str, total: int = 0) -> Stage:
        stage = Stage(name, total)
        self.stages.append(stage)
        self.show(stage)
        return stage

    def end(self, stage: Stage) -> None:
        stage.seconds = time.perf_counter() - stage.started
