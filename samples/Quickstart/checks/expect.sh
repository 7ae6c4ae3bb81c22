# Read by the checks: expect 'what should come' program arguments…
expect() {
    expected=$1
    shift
    actual=$("$@" 2>&1) || true
    if [ "$actual" != "$expected" ]; then
        echo "$0(1): error PARCEL2: '$*' said '$actual' instead of '$expected'"
        exit 1
    fi
    echo "$actual"
}
