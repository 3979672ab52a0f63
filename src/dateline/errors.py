"""Every error Dateline raises, drawn once.

    DatelineError
    ├── ArgumentError      an argument or an option is wrong: stop before starting, name the accepted values
    ├── CodebookError      a codebook file is wrong: stop before starting, list every fault with file and key
    ├── ModelError         the language model is missing or is not the pinned one
    ├── StoreError         the store cannot be opened, or was made by another version
    │   └── SlowError      a question to it took longer than was allowed
    ├── EngineError        the workers cannot go on: what was written is kept, and a rerun continues
    └── ReportError        one report is bad: it is set aside as `Rejected` and the run goes on

Only `pipeline.py` turns a ReportError into a `Rejected`; unclear text is no error at all.
"""


class DatelineError(Exception):
    """The root: catching it catches everything Dateline raises on purpose."""


class ArgumentError(DatelineError):
    """An argument of the caller is wrong. The message names the accepted values."""


class CodebookError(DatelineError):
    """One or more faults in codebook files. `faults` holds one line each: file, key, what is wrong."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("the codebook has {} fault(s):\n  {}".format(len(faults), "\n  ".join(faults)))

    def __reduce__(self) -> tuple[type["CodebookError"], tuple[list[str]]]:
        return CodebookError, (self.faults,)  # a worker sends it to the process that tells the user


class ModelError(DatelineError):
    """The language model cannot be loaded, or its digest is not the pinned one."""


class StoreError(DatelineError):
    """The store cannot be opened, read or written."""


class SlowError(StoreError):
    """A question to the store took longer than `Store.bound` allows."""


class EngineError(DatelineError):
    """The workers of a job cannot go on. What was written until then is kept."""


class ReportError(DatelineError):
    """One report cannot be read. `place` is file, member and line; the message says what is accepted."""

    def __init__(self, reason: str, *, place: str = "") -> None:
        self.reason, self.place = reason, place
        super().__init__(f"{place}: {reason}" if place else reason)
