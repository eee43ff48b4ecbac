"""Microbenchmarks: what Google Benchmark prints, by name."""

import json
import os

from peers import NotHere, run
from peers.geoprio import program


def measured(rounds, say):
    if not os.path.exists(program("micro_bench")):
        raise NotHere("Google Benchmark (libbenchmark-dev) was not here when the programs were built")
    say("micro_bench")
    said = json.loads(run([program("micro_bench"), "--benchmark_format=json", f"--benchmark_repetitions={rounds}",
                           "--benchmark_report_aggregates_only=true", "--benchmark_min_time=0.1"]))
    counters = ("runs", "edges", "chains", "bytes")
    found = {}
    for entry in said["benchmarks"]:
        if entry["aggregate_name"] not in ("median", "stddev"):
            continue
        one = found.setdefault(entry["run_name"], {"unit": entry["time_unit"], "label": entry.get("label", "")})
        one[entry["aggregate_name"]] = entry["cpu_time"]
        if entry["aggregate_name"] == "median":
            one["of"] = {name: entry[name] for name in counters if name in entry}
    return {"rounds": rounds, "benchmarks": found}
