"""Solves a program file with GLPK and prints its cost: glpk.py FILE.mps|FILE.lp."""

import sys

import swiglpk as glpk

path = sys.argv[1]
glpk.glp_term_out(glpk.GLP_OFF)
program = glpk.glp_create_prob()
if path.endswith(".lp"):
    failed = glpk.glp_read_lp(program, None, path)
else:
    failed = glpk.glp_read_mps(program, glpk.GLP_MPS_FILE, None, path)
if failed:
    sys.exit(f"GLPK can not read {path}")
settings = glpk.glp_smcp()
glpk.glp_init_smcp(settings)
settings.presolve = glpk.GLP_ON
settings.tol_bnd = settings.tol_dj = 1e-9
if glpk.glp_simplex(program, settings) or glpk.glp_get_status(program) != glpk.GLP_OPT:
    sys.exit("GLPK finds no optimum")
print(repr(glpk.glp_get_obj_val(program)))
