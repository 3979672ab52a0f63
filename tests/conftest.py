"""What tests share: the line loaded once, and the gold where it is."""

import importlib.util
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from dateline.evaluate.base import Line

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"
SEED = GOLD.parent / "seed"


@pytest.fixture(scope="session")
def line() -> Line:
    """The codebook and the language model."""
    return Line()


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of the gold; the test is skipped where it is missing."""
    if not GOLD.is_dir():
        pytest.skip("../shared/gold is not here: the figures on gold are not checked")
    return GOLD


@pytest.fixture(scope="session")
def seed() -> Path:
    """The folder of the seed; the test is skipped where it is missing."""
    if not SEED.is_dir():
        pytest.skip("../shared/seed is not here: the seed is not checked")
    return SEED


@pytest.fixture(scope="session")
def shared_scorer() -> Callable[[Path], ModuleType]:
    """Loads a scorer of the gold as a module."""

    def load(path: Path) -> ModuleType:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
