"""The Spiking Heidelberg Digits: people who speak digits, heard by a detailed model of the inner ear.

Cramer, Stradmann, Schemmel & Zenke, *The Heidelberg spiking data sets for the systematic evaluation of spiking neural
networks*, IEEE TNNLS 33 (2022), doi:10.1109/TNNLS.2020.3044364. The recordings are under CC BY 4.0.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import numpy as np

from solutions.models.time_surfaces.spoken_digits import CHANNELS, Recording

SERVER = "https://zenkelab.org/datasets"
DOWNLOADS = Path.home() / ".cache" / "learning-to-spike"


def heidelberg(source: str | Path, index: int = 0, server: str = SERVER, folder: Path = DOWNLOADS) -> Recording:
    """One recording of the Spiking Heidelberg Digits (Cramer et al. 2022, CC BY 4.0).

    Parameters
    ----------
    source : the path of an HDF5 file of the data set; or "train" or "test", which is downloaded if it is not yet in
        ``folder``, once, and compared with the checksum that its authors publish beside it.
    index : which recording of the file, from 0.

    Returns
    -------
    Times in ms and channels of the events, in order of time, as a :class:`Recording` of 700 channels.

    Raises
    ------
    ImportError : if the package that reads HDF5 is not installed.
    FileNotFoundError : if ``source`` is a path and nothing is there.
    ConnectionError : if there is something to download and the server cannot be reached.
    IndexError : if the file holds fewer recordings.

    Examples
    --------
    ``heidelberg("test")`` downloads the data set. Here is a file laid out as its files are, with a single recording:

    >>> import h5py, numpy as np, tempfile
    >>> from solutions import heidelberg
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = f"{folder.name}/one_digit.h5"
    >>> with h5py.File(path, "w") as file:
    ...     for name, events in (("times", np.linspace(0, 0.5, 200) ** 2), ("units", np.arange(200))):
    ...         data = file.create_dataset(f"spikes/{name}", (1,), dtype=h5py.vlen_dtype(events.dtype))
    ...         data[0] = events
    ...     file["labels"], file["extra/keys"] = [0], [b"zero"]
    >>> recording = heidelberg(path, index=0)
    >>> recording.label, recording.duration
    ('zero', 251)
    >>> folder.cleanup()
    """
    try:
        import h5py
    except ImportError:
        raise ImportError("the Heidelberg digits are HDF5 files, and h5py reads them: pip install h5py pooch") from None
    path = _downloaded(f"shd_{source}.h5", server, folder) if source in ("train", "test") else Path(source)
    if not path.is_file():
        raise FileNotFoundError(f"no file {path}: give the path of shd_train.h5 or shd_test.h5, or say 'test'")
    with h5py.File(path, "r") as file:
        count = len(file["labels"])
        if not 0 <= index < count:
            raise IndexError(f"{path.name} holds recordings 0 to {count - 1}, and {index} was asked for")
        times = 1000 * np.asarray(file["spikes/times"][index], dtype=float)  # half-precision seconds in the file
        channels = np.asarray(file["spikes/units"][index], dtype=int)
        number = int(file["labels"][index])
        names = [name.decode() for name in file["extra/keys"][:]] if "extra/keys" in file else []
    order = np.argsort(times, kind="stable")
    label = names[number] if number < len(names) else str(number)
    return Recording(times[order], channels[order], CHANNELS, int(times.max(initial=0)) + 1, label)


def _downloaded(name: str, server: str, folder: Path) -> Path:
    path = folder / name
    if path.is_file():
        return path
    import pooch

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with urlopen(f"{server}/md5sums.txt", timeout=30) as published:
            lines = [line.split() for line in published.read().decode().splitlines()]
        checksums = {line[1]: line[0] for line in lines if len(line) == 2}
        with TemporaryDirectory(dir=folder) as unfinished:  # what breaks off is never taken for the whole
            unpack = pooch.Decompress(method="gzip", name=name)
            url, known = f"{server}/{name}.gz", f"md5:{checksums[name + '.gz']}"
            Path(pooch.retrieve(url, known, path=unfinished, processor=unpack)).replace(path)
    except OSError as error:
        raise ConnectionError(
            f"{name}.gz could not be fetched from {server} ({error}). Without a network, fetch and unpack it elsewhere "
            f"and give its path, or go on with utterance(digit), which needs none."
        ) from error
    return path
