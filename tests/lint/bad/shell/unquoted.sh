#!/bin/bash
# refused: SC2086
rm $1
