long distance(const char *from, const char *to);
double half(double x);
const char *skip(const char *text, long count);

int main(void)
{
    const char text[] = "text";
    const char *end = skip(text, 0);
    return !(distance(text, text + 4) == 4 && half(4.0) == 2.0 && end == text);
}
