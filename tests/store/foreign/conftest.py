"""One worker and one desk for all hostile files: that a worker outlives them is part of what is tested."""

from collections.abc import Generator

import pytest

from annotator.killable import MEMORY, Worker
from tests.store.foreign.forging import Desk


@pytest.fixture(scope="module")
def worker() -> Generator[Worker]:
    with Worker() as made:
        yield made
        # Where the system does not say how much a process took, this says nothing.
        assert made.usage.peak_bytes < MEMORY


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), worker)
