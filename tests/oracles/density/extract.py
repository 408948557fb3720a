"""Writes rescues.csv from the London Fire Brigade's animal rescues. Run by hand: python3 extract.py FILE.csv.gz

Six boroughs of inner London, one row an incident: easting and northing as published (empty for dwellings), the
published centre of the 100 m square, and whether the animal was a cat."""
import csv, gzip, os, sys

boroughs = {'Camden', 'Islington', 'Hackney', 'Westminster', 'Tower Hamlets', 'City of London'}
here = os.path.dirname(os.path.abspath(__file__))
with gzip.open(sys.argv[1], 'rt', encoding='utf-8') as source, open(os.path.join(here, 'rescues.csv'), 'w') as out:
    out.write('easting,northing,squareEasting,squareNorthing,cat\n')
    for row in csv.DictReader(source):
        if row['Borough'].title().replace(' Of ', ' of ') in boroughs:
            exact = [row['Easting_m'], row['Northing_m']]
            exact = [v[:-2] if v.endswith('.0') else v for v in exact]
            out.write(','.join([*exact, row['Easting_rounded'], row['Northing_rounded'],
                                str(int(row['AnimalGroupParent'].lower() == 'cat'))]) + '\n')
