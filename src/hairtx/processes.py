"""Work shared out among processes, where there is so much of it that this is quicker."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

__all__ = ["shared_out"]

_T = TypeVar("_T")

#: What a process of several has been given to do.
_tasks: Sequence[Callable[[], Any]] = ()


def shared_out(tasks: Sequence[Callable[[], _T]]) -> Iterator[_T]:
    """What each task gives, in their order, made by as many processes as the machine has processors.

    A process that is forked has all that the tasks need already, which would take longer to hand over than the work
    itself; what a task gives is handed back. Tasks are handed out one by one, because one of them can take as long as
    hundreds of others. Where the system cannot fork, all are done here, one after another.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from (task() for task in tasks)
        return
    with multiprocessing.get_context("fork").Pool(initializer=_begin, initargs=(tasks,)) as pool:
        yield from pool.imap(_done, range(len(tasks)))


def _begin(tasks: Sequence[Callable[[], Any]]) -> None:
    global _tasks  # noqa: PLW0603  # the one way to hand something to a process that is forked
    _tasks = tasks
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for this one ends it


def _done(number: int) -> Any:
    return _tasks[number]()
