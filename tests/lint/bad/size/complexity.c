/* refused: 'tangled' has 16 branches */
int tangled (int a, int b)
{
    if (a && b || a > 3)
        return a ? b : 1;
    for (; a < 9; a++)
        while (b-- > 0)
            if (a > b)
                return 2;
    switch (a) {
    case 1:
    case 2:
    case 3:
    case 4:
        return b ? 3 : 4;
    case 5:
    case 6:
        return a && b;
    }
    return 0;
}
