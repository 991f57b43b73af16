"""Answers what Jinja2 itself makes of a template: a question a line on standard input, an answer a
line on standard output, both JSON."""

import json
import sys
import time
import traceback

import jinja2

ENVIRONMENTS = {}


def environment(options):
    key = json.dumps(options, sort_keys=True)
    if key not in ENVIRONMENTS:
        chosen = dict(options)
        undefined = jinja2.StrictUndefined if chosen.pop("strict", False) else jinja2.Undefined
        ENVIRONMENTS[key] = jinja2.Environment(undefined=undefined, cache_size=0, **chosen)
    return ENVIRONMENTS[key]


def line_of(error):
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == "<template>"
    ]
    return lines[-1] if lines else 0


def answer(question):
    try:
        template = environment(question["options"]).from_string(question["template"])
    except jinja2.TemplateSyntaxError as error:
        return {"error": "syntax", "line": error.lineno, "message": str(error)}
    except Exception as error:
        return {"error": "crash", "line": 0, "message": repr(error)}
    try:
        return {"output": template.render(question["data"])}
    except Exception as error:
        return {"error": "run", "line": line_of(error), "message": repr(error)}


def timed(question):
    """Renders so many times; answers with the milliseconds of each."""
    template = environment(question["options"]).from_string(question["template"])
    times = []
    for _ in range(question["times"]):
        start = time.perf_counter()
        template.render(question["data"])
        times.append((time.perf_counter() - start) * 1000)
    return {"milliseconds": times}


def main():
    for line in sys.stdin:
        question = json.loads(line)
        result = timed(question) if "times" in question else answer(question)
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


main()
