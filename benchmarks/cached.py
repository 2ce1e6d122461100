"""The kept campaign page against the limits: a bare Flask view and nginx sending as many bytes."""

from contextlib import ExitStack
from statistics import median

from benchmarks import client, load, seed, servers
from benchmarks.house import House, house
from benchmarks.report import Goal, Section

PAGE = f"/c/{seed.slug(1)}"
LEAST, LEAST_NGINX = 4.0, 0.45


def measure() -> Section:
    with house() as home, ExitStack() as stack:
        seed.gifts(home.app, 1_000)
        site = stack.enter_context(servers.granian("site", home.folder, **home.environment))
        body = fetch(site.port, PAGE).body
        (home.folder / "body").write_bytes(body)
        bare_settings = home.environment | {"BENCH_BODY": str(home.folder / "body")}
        bare = stack.enter_context(servers.granian("bare", home.folder, **bare_settings))
        plain = stack.enter_context(servers.granian("plain", home.folder, **bare_settings))
        nginx = stack.enter_context(servers.nginx(home.folder, body))
        measures = {
            "cached": lambda: load.hits(site.port, PAGE, load.BROWSER),
            "bare": lambda: load.hits(bare.port, "/page", {}),
            "plain": lambda: load.hits(plain.port, "/page", {}),
        }
        if nginx is not None:
            measures["nginx"] = lambda: load.hits(nginx.port, "/page", {})
        return _section(load.rounds(measures), len(body), home)


def fetch(port: int, path: str) -> client.Reply:
    """One page as a browser gets it."""
    replies: list[client.Reply] = []
    client.run(port, 1, 0, lambda: _keep(path, replies))
    return replies[0]


def _keep(path: str, replies: list[client.Reply]) -> client.Story:
    replies.append((yield client.get(path, **load.BROWSER)))
    if replies[0].status != 200:
        raise RuntimeError(f"{path} answered {replies[0].status}")


def _section(taken: dict[str, list[float]], size: int, home: House) -> Section:
    names = {
        "cached": f"cached campaign page, {size:,} bytes (brotli), a log line for each",
        "plain": "the limit of this server: a WSGI function returning as many bytes and headers from memory",
        "bare": "bare Flask view returning as many bytes",
        "nginx": "nginx, the same bytes as a static file",
    }
    above = load.ratios(taken["cached"], taken["bare"])
    goals = [Goal("cached campaign page ÷ bare Flask view", LEAST, median(above))]
    rows = [
        (names[name], load.spread(values), load.spread(load.ratios(taken["cached"], values), 2))
        for name, values in taken.items()
    ]
    what = "cached campaign page ÷ nginx static"
    if "nginx" in taken:
        goals.append(Goal(what, LEAST_NGINX, median(load.ratios(taken["cached"], taken["nginx"]))))
    else:
        goals.append(Goal(what, LEAST_NGINX, None, why="nginx absent"))
    notes = [
        f"The limit of the server ÷ bare Flask view: {load.spread(load.ratios(taken['plain'], taken['bare']), 2)}. "
        "What the kept page has to reach it cannot pass, whatever its own code does."
    ]
    return Section("The kept page", ["", "requests/s", "kept page ÷ this"], rows, goals, notes)
