# Read by the other steps. While one of them runs there is a file of its name in obj/running.
mkdir -p obj/running obj/maps
touch "obj/running/$PEXEN_UNIT"
trap 'rm "obj/running/$PEXEN_UNIT"' EXIT
