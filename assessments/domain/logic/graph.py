"""Names that hang on other names: in which order they settle, and where they chase each other."""

from collections.abc import Iterator, Mapping, Set

Graph = Mapping[str, Set[str]]


def in_order(graph: Graph) -> list[str]:
    """Every name of the graph after all that it hangs on; the names of a cycle stand together."""
    return [name for group in _groups(graph) for name in group]


def find_cycles(graph: Graph) -> list[list[str]]:
    """For each knot of names one chain that leads back to its start, the start repeated at the end."""
    cycles = [_chain(graph, set(group)) for group in _groups(graph) if len(group) > 1 or group[0] in graph[group[0]]]
    return sorted(cycles)


def _chain(graph: Graph, knot: set[str]) -> list[str]:
    """The shortest way from the first name of the knot back to it."""
    start = min(knot)
    came_from: dict[str, str] = {}
    level = [start]
    while start not in came_from:
        following = []
        for name in level:
            for successor in sorted(graph[name] & knot):
                if successor not in came_from:
                    came_from[successor] = name
                    following.append(successor)
        level = following
    chain = [start]
    while len(chain) == 1 or chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return chain[::-1]


def _groups(graph: Graph) -> list[list[str]]:
    """Tarjan's strongly connected components, without recursion: a questionnaire may chain thousands of names."""
    found: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_names: list[str] = []
    is_open: set[str] = set()
    groups: list[list[str]] = []

    def enter(name: str) -> tuple[str, Iterator[str]]:
        found[name] = lowest[name] = len(found)
        open_names.append(name)
        is_open.add(name)
        return name, iter(sorted(graph[name] & graph.keys()))

    def leave(name: str) -> None:
        if lowest[name] != found[name]:
            return
        cut = open_names.index(name)
        groups.append(open_names[cut:])
        is_open.difference_update(open_names[cut:])
        del open_names[cut:]

    for start in graph:
        path = [] if start in found else [enter(start)]
        while path:
            name, successors = path[-1]
            for successor in successors:
                if successor not in found:
                    path.append(enter(successor))
                    break
                if successor in is_open:
                    lowest[name] = min(lowest[name], found[successor])
            else:
                path.pop()
                leave(name)
                if path:
                    parent = path[-1][0]
                    lowest[parent] = min(lowest[parent], lowest[name])
    return groups
