"""The judge in a process of its own: whatever becomes of it, killed, hung or broken, no mail waits for it for long."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from .decide import Policy
from .judge import Answer, Judge, unchecked
from .message import READ_BYTES

TIMEOUT = 30.0
"""How long one mail may wait for its answer, in seconds; a cold start on a slow machine takes five."""


class Checker:
    """Judges mails in a child process, one at a time; safe to share between threads.

    *make* builds the judge there; it must be picklable where *method* is ``spawn``, and may raise. *method* is
    ``fork`` only in a process that has one thread.
    """

    def __init__(
        self, make: Callable[[], Judge], policy: Policy, *, method: str = "spawn", timeout: float = TIMEOUT
    ) -> None:
        self._make, self._policy, self._timeout = make, policy, timeout
        self._processes = multiprocessing.get_context(method)
        self._turn = threading.Lock()
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The child's process ID while it runs."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the child, which then warms up by itself. Raises OSError when no process can be made."""
        ours, theirs = self._processes.Pipe()
        # mypy does not know that every context of multiprocessing has Process.
        self._child = self._processes.Process(target=_serve, args=(theirs, self._make), daemon=True)  # type: ignore[attr-defined]
        self._child.start()
        theirs.close()
        self._pipe = ours

    def check(self, data: bytes, recipients: Sequence[str], now: datetime) -> Answer:
        """The answer on one mail; a child that died is replaced once. Never raises."""
        if not self._turn.acquire(timeout=self._timeout):
            return unchecked("the check is too busy", self._policy)
        try:
            why = "the check ended unexpectedly"
            for _ in range(2):
                try:
                    return self._ask((data[:READ_BYTES], tuple(recipients), now))
                except TimeoutError:
                    self._stop()
                    why = f"no answer within {self._timeout:.0f} seconds"
                    break
                except (EOFError, OSError):
                    self._stop()
            return unchecked(why, self._policy)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._stop()

    def _ask(self, question: tuple[bytes, tuple[str, ...], datetime]) -> Answer:
        if self._pipe is None:
            self.start()
        assert self._pipe is not None
        self._pipe.send(question)
        if not self._pipe.poll(self._timeout):
            raise TimeoutError
        answer = self._pipe.recv()
        return answer if isinstance(answer, Answer) else unchecked(str(answer), self._policy)

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            with suppress(OSError):
                self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None


def _serve(pipe: Connection, make: Callable[[], Judge]) -> None:
    """The child: an Answer per question, or one line that says why there is none, until the parent goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    judge: Judge | None = None
    why = ""
    try:
        judge = make()
    except Exception as problem:
        why = " ".join(str(problem).split()) or type(problem).__name__
    with suppress(EOFError, OSError):
        while True:
            data, recipients, now = pipe.recv()
            pipe.send(_answer(judge, data, recipients, now) if judge else why)


def _answer(judge: Judge, data: bytes, recipients: tuple[str, ...], now: datetime) -> Answer | str:
    try:
        return judge(data, recipients, now)
    except Exception as problem:
        # Its text might quote the mail: only its kind is told.
        return f"the check failed with {type(problem).__name__}"
