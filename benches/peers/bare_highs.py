"""HiGHS alone on a program file."""

import argparse
import json

import highspy


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--options", type=json.loads, default={}, help="options of HiGHS")
    args = parser.parse_args()
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    for name, value in args.options.items():
        highs.setOptionValue(name, value)
    highs.readModel(args.program)
    highs.run()
    print(json.dumps({
        "status": highs.modelStatusToString(highs.getModelStatus()).lower(),
        "objective": highs.getObjectiveValue(),
        "columns": highs.getNumCol(),
        "rows": highs.getNumRow(),
        "highs_seconds": highs.getRunTime(),
    }))


if __name__ == "__main__":
    main()
