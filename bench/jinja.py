"""Renders the template of the benchmark with Jinja2 itself: for 1,000 and 10,000 members, then parses 500 lines; prints
milliseconds. Argument: the template."""

import statistics
import sys
import time

import jinja2


def member(pool, number):
    return {
        "name": f"member{number}",
        "host": f"10.0.{pool % 250}.{number}",
        "port": 8080,
        "weight": 1 + number,
        "backup": number % 10 == 0,
        "state": "maint" if number % 20 == 0 else "ready",
    }


def pool(number):
    return {
        "name": f"pool{number}",
        "balance": "roundrobin",
        "check": "/healthz",
        "members": [member(number, i) for i in range(100)],
    }


def measured(what, times, action):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{what}: p50 {statistics.median(taken):.2f}, min {min(taken):.2f} ms")


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    environment = jinja2.Environment(cache_size=0)
    template = environment.from_string(text)
    for members in 1_000, 10_000:
        pools = [pool(i) for i in range(members // 100)]
        measured(f"{members} members", 50, lambda: template.render(pools=pools))
    long = text * (500 // text.count("\n") + 1)
    measured("parse of 500 lines", 20, lambda: environment.from_string(long))


main()
