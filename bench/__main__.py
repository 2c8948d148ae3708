import os
import platform
import statistics
import sys
from datetime import UTC, datetime

from bench import instrument, web
from bench.commands import arguments, ended
from bench.figures import Row, megabytes, table
from bench.stack import World, run_python, stack

SMALL, LARGE = 24, 2000


def scorecard_rows(world: World) -> list[Row]:
    found = run_python("bench.scorecards", environment=world.environment)
    count, seconds = len(found["seconds"]), sum(found["seconds"])
    note = f"{count} in four languages, the middle one in {statistics.median(found['seconds']) * 1000:.0f} ms"
    return [
        Row("Scorecards in one warm process", f"{count / seconds:.1f} a second", aim="≥ 4", note=note),
        Row("The first scorecard of a process", f"{found['first'] * 1000:.0f} ms", note="reads fonts and styles"),
        Row("Process that makes scorecards: peak memory", megabytes(found["memory"])),
    ]


def machine() -> str:
    today = datetime.now(tz=UTC).date()
    return (
        f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )


def measure(port: int, large: int) -> list[Row]:
    with stack() as ours:
        print(f"Making a world of {SMALL:,} factories, and scorecards …", file=sys.stderr)
        worlds = {SMALL: ours.world(SMALL)}
        # The one rate without anything to compare with comes first: machines slow down under minutes of work, which
        # ratios do not show.
        scorecards = scorecard_rows(worlds[SMALL])
        print(f"Making a world of {large:,} factories …", file=sys.stderr)
        worlds[large] = ours.world(large)
        rows: list[Row] = []
        print("Saving answers, opening pages …", file=sys.stderr)
        with ours.web_server(worlds[SMALL], port) as server:
            writers = web.writers_of(port, worlds[SMALL])
            rows += web.saving(writers)
            rows += web.crowds(writers)
            rows += web.queued(port, worlds[SMALL])
            rows += web.section(port, worlds[SMALL])
            rows.append(web.memory_row("Web worker, saving and sections", [server.pid]))
        print("Importing, asking …", file=sys.stderr)
        rows += instrument.rows(worlds[SMALL])
        rows += web.supplier_tables(ours, worlds, port)
        return rows + scorecards


def run(port: int, large: int) -> None:
    rows = measure(port, large)
    print(f"{machine()}\n\n{table(rows)}")


def main() -> int:
    parser = arguments("make bench", "Measure the portal, in one table.", port_help="and the next one")
    parser.add_argument("--large", type=int, default=LARGE, metavar="FACTORIES", help="size of the large world")
    options = parser.parse_args()
    return ended(lambda: run(options.port, options.large))


if __name__ == "__main__":
    raise SystemExit(main())
