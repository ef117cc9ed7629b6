"""How much each page of a built book weighs, and how soon it shows its first text on a slow connection.

The connection is the "slow 4G" of Chromium's own tools, 1.6 Mbit/s and 150 ms of latency, the pages come compressed, as
GitHub Pages sends them, and nothing is kept from one page to the next. Prints a table, medians of five; two folders are
loaded by turns.

    python benchmarks/first_text.py _build/html [ANOTHER]
"""

import functools
import gzip
import http.server
import mimetypes
import statistics
import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from autograder.authoring.paper import chromium

DOWN, LATENCY, TIMES = 1.6e6 / 8, 150, 5
PACKED = {".html", ".js", ".mjs", ".css", ".svg", ".json", ".txt"}


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and what is text compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        if path.suffix in PACKED:
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return self.wfile.write(content)

    def log_message(self, *_):
        """Nothing."""


def served(folder: Path) -> str:
    """The address at which a folder is served from now on."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressing, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def loaded(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds to the first text of a page that nobody has seen before, and the MB that came until all was there."""
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    slow = {"offline": False, "downloadThroughput": DOWN, "uploadThroughput": DOWN / 2, "latency": LATENCY}
    devtools.send("Network.emulateNetworkConditions", slow)
    came = []
    devtools.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load", timeout=120_000)
    painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    page.wait_for_function(painted)
    seconds = page.evaluate(painted) / 1000
    context.close()
    return seconds, sum(came) / 1e6


def main(*folders: str):
    """Print the table."""
    pages = sorted(path.relative_to(folders[0]) for path in Path(folders[0]).glob("book/*.html"))
    addresses = [served(Path(folder)) for folder in folders]
    print("| page |" + "".join(f" first text in {folder} (s) | came (MB) |" for folder in folders))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for page in pages:
            runs = [[loaded(browser, f"{address}/{page}") for address in addresses] for _ in range(TIMES)]
            cells = [
                [statistics.median(one) for one in zip(*by_folder, strict=True)]
                for by_folder in zip(*runs, strict=True)
            ]
            print(f"| {page.stem} |" + "".join(f" {seconds:.1f} | {came:.2f} |" for seconds, came in cells), flush=True)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["_build/html"]))
