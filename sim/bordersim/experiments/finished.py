"""The finished blocks of a run: in memory while there is room, else read from disk when needed."""

from __future__ import annotations

from dataclasses import dataclass, field

from bordersim.experiments.plan import Job
from bordersim.results.store.block_files import SMALL, Made, block_on_disk
from bordersim.results.store.finished_block import Block
from bordersim.results.store.place import Place

# Of blocks that are on disk too. Reading them again takes some time; those kept leave holes twice their size.
BYTES_IN_MEMORY = 50_000_000


@dataclass
class Finished:
    """The blocks that are finished, by job.

    Parameters
    ----------
    place
        Where blocks are kept; None when nothing is written.
    """

    place: Place | None
    blocks: dict[Job, Block] = field(default_factory=dict)
    _bytes: int = 0

    def add(self, job: Job, name: str, made: Made) -> None:
        """Add a block whose numbers are in memory; where there is no room they are read again from disk."""
        if self._fits(made):
            named = name if self.place else ""
            self.blocks[job] = Block(job.span, made.numbers, made.values, made.each_digest, named)
        else:
            self.add_stored(job, name, made.numbers)

    def add_stored(self, job: Job, name: str, numbers: tuple[int, ...]) -> None:
        """Add a block that is on disk."""
        assert self.place
        known = job.span.numbers if len(numbers) == job.span.size else numbers
        self.blocks[job] = block_on_disk(self.place, name, job.span, known)

    def _fits(self, made: Made) -> bool:
        """Return whether a block stays in memory: it must if it is not on disk; sums over days always do."""
        if self.place is None or set(made.columns) <= set(SMALL):
            return True
        self._bytes += made.bytes
        return self._bytes <= BYTES_IN_MEMORY
