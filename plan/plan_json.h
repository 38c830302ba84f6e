#ifndef PLAN_PLAN_JSON_H
#define PLAN_PLAN_JSON_H

#include "base/err.h"
#include "base/json.h"
#include "plan/plan.h"

/* The JSON form of a plan: an object with one member per field of struct plan,
 * under the field's name; mounts are objects too.  What `--print-plan` prints.
 * The caller owns the result. */
json_t *plan_to_json (const struct plan *plan);

/* The plan that plan_to_json wrote, or one written by hand.  NULL with 'err'
 * when a member is of the wrong type or unknown; missing ones are empty.
 * plan_check is the caller's next step. */
struct plan *plan_from_json (const json_t *json, struct err *err);

#endif
