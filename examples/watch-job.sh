#!/bin/sh
# Watches a job of a Flamenco Server until it ends, with curl and jq alone: FLAMENCO_TOKEN=... sh watch-job.sh http://server:8090 JOB
# To queue a task again:
#   curl -X POST -H "Authorization: Bearer $FLAMENCO_TOKEN" -H 'Content-Type: application/json' -d '{"successors":false}' \
#     http://server:8090/api/v1/tasks/TASK/requeue
until curl -sfH "Authorization: Bearer $FLAMENCO_TOKEN" "$1/api/v1/jobs/$2" | jq -er '"\(.status): \(.tasks.by_status.completed // 0) of \(.tasks.total)", (.status | test("completed|failed|canceled|archived"))' | { read -r line && echo "$line" && read -r ended && [ "$ended" = true ]; }; do sleep 1; done
