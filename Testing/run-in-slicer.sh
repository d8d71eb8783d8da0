#!/usr/bin/env bash
# Run the module's own tests inside an installed 3D Slicer: Testing/run-in-slicer.sh /path/to/Slicer
# Each runs in a Slicer of its own; the exit status is 0 only if all passed.
set -uo pipefail
slicer=${1:?usage: Testing/run-in-slicer.sh /path/to/Slicer}
root=$(cd "$(dirname "$0")/.." && pwd)
screen=()
if [ -z "${DISPLAY:-}" ] && command -v xvfb-run >/dev/null; then
    screen=(xvfb-run -a)
fi
failed=0
for file in "$root"/BMLesionSeg/BMLesionSeg.py "$root"/BMLesionSeg/Testing/Python/*Test.py; do
    name=$(basename "$file" .py)
    code="
import sys, unittest, slicer
status = 1
try:
    sys.path.insert(0, r'$(dirname "$file")')
    suite = unittest.defaultTestLoader.loadTestsFromName('$name')
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    status = 0 if result.testsRun and result.wasSuccessful() else 1
finally:
    slicer.util.exit(status)"
    echo "== $name"
    timeout 900 ${screen[@]+"${screen[@]}"} "$slicer" --no-splash --testing \
        --additional-module-paths "$root/BMLesionSeg" --python-code "$code" || failed=1
done
exit $failed
