/* nearest.c - "did you mean": edit distance with swaps of neighbours */
#include <string.h>

#include "launcher/nearest.h"

enum {
    MAX_WORD = 32,    // longer words are not suggested
    MAX_DISTANCE = 3, // beyond that it is another word
};

static int min3 (int a, int b, int c)
{
    int least = a < b ? a : b;

    return least < c ? least : c;
}

static int distance (const char *a, const char *b)
{
    int rows[3][MAX_WORD + 1];
    int n_a = (int)strlen (a);
    int n_b = (int)strlen (b);

    if (n_a > MAX_WORD || n_b > MAX_WORD)
        return MAX_DISTANCE + 1;
    for (int j = 0; j <= n_b; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n_a; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i - 1) % 3];
        const int *two_above = rows[(i + 1) % 3];

        row[0] = i;
        for (int j = 1; j <= n_b; j++) {
            int change = above[j - 1] + (a[i - 1] != b[j - 1]);

            row[j] = min3 (above[j] + 1, row[j - 1] + 1, change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = min3 (row[j], two_above[j - 2] + 1, row[j]);
        }
    }
    return rows[n_a % 3][n_b];
}

void nearest_offer (struct nearest *nearest, const char *candidate)
{
    int d = distance (nearest->word, candidate);
    // a short word changed in every letter is not like the other one
    int limit = (int)strlen (candidate) / 2;

    if (d > MAX_DISTANCE || d > limit ||
        (nearest->best && d >= nearest->distance))
        return;
    nearest->best = candidate;
    nearest->distance = d;
}
