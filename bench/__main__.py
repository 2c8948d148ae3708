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
    median = statistics.median(found["seconds"])
    note = f"{median * 1000:.0f} ms each, {len(found['seconds'])} in four languages"
    return [
        Row("Scorecards in one warm process", f"{1 / median:.1f} a second", aim="≥ 4", note=note),
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
        print(f"Making worlds of {SMALL:,} and {large:,} factories …", file=sys.stderr)
        worlds = {factories: ours.world(factories) for factories in (SMALL, large)}
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
        print("Making scorecards …", file=sys.stderr)
        return rows + scorecard_rows(worlds[SMALL])


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
