"""How long it takes to make ready for questions, and to answer one.

Run it by hand: ``python -m tests.benchmarks.bench_ask [rounds]``. The index is built anew in a fresh process each
round; the questions are those of ``questions.json`` in its language. Times are of the processor, so that other work on
the machine does not count.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import process_time

READY_MS, ANSWER_MS = 150, 30
"""What is wished for; printed beside what was measured."""


def _round(language: str) -> dict[str, float]:
    from companion.content import search
    from companion.domain.leaflet import Leaflet
    from companion.wording import resources

    root = resources.root()
    lines = json.loads((root / "content" / "questions.json").read_text(encoding="utf-8"))
    questions = [line["text"] for line in lines if line["lang"] == language]
    started = process_time()
    index = search.index(root, language, Leaflet.OTHER)
    ready = process_time()
    index.ask(questions[0])
    first = process_time()
    times = []
    for question in questions:
        before = process_time()
        index.ask(question)
        times.append(process_time() - before)
    return {
        "ready": 1000 * (ready - started),
        "first": 1000 * (first - ready),
        "median": 1000 * statistics.median(times),
        "slowest": 1000 * max(times),
    }


def main() -> None:
    """Print the middle value of each time over the rounds, in milliseconds."""
    if sys.argv[1:2] == ["--round"]:
        sys.stdout.write(json.dumps(_round(sys.argv[2])))
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sys.stdout.write(f"ready is to stay below {READY_MS} ms, an answer below {ANSWER_MS} ms\n")
    for language in ("en", "it"):
        command = [sys.executable, "-m", "tests.benchmarks.bench_ask", "--round", language]
        found = [
            json.loads(subprocess.run(command, check=True, capture_output=True, cwd=Path.cwd()).stdout)
            for _ in range(rounds)
        ]
        middle = {name: statistics.median(each[name] for each in found) for name in found[0]}
        sys.stdout.write(f"{language}: " + ", ".join(f"{name} {value:.1f} ms" for name, value in middle.items()) + "\n")


if __name__ == "__main__":
    main()
