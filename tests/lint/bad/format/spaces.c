/* refused: code should be clang-formatted */
int add(int a, int b) { return a+b; }
