"""What a submission may take, and in which room."""

import json
from dataclasses import asdict, dataclass

BUBBLEWRAP = "bubblewrap"
ROOMS = (BUBBLEWRAP, "podman", "docker")
"""What makes walls."""
IMAGE = "learning-to-spike"
"""What the image is called in which students' code runs, if the course does not say otherwise."""


@dataclass(frozen=True)
class Limits:
    """What a submission may take: seconds of computing in a cell, seconds by the clock in all, bytes, and how many.

    And where: in the ``room`` of a program of :data:`ROOMS`; ``image`` is what a container has of a system.
    """

    cell_seconds: float = 20.0
    notebook_seconds: float = 300.0
    start_seconds: float = 60.0
    memory: int = 2 << 30
    scratch: int = 64 << 20
    output: int = 10 << 20
    threads: int = 500
    files: int = 10_000
    room: str = BUBBLEWRAP
    image: str = IMAGE

    def as_json(self) -> str:
        return json.dumps(asdict(self))
