// Vtables, exceptions, templates, inline functions and variables in COMDAT groups.
extern "C" void outside(const char *);

struct Shape {
    virtual ~Shape() {}
    virtual int sides() const = 0;
    virtual const char *name() const { return "shape"; }
};

struct Square : Shape {
    int sides() const override { return 4; }
    const char *name() const override { return "square"; }
};

struct Circle : Shape {
    int sides() const override { return 0; }
};

template <class T> struct Holder {
    T value;
    static T last;
    inline T keep(T next) { last = value; value = next; return last; }
};
template <class T> T Holder<T>::last = T(3);

inline int shared_counter() { static const int steps[] = { 1, 2, 5 }; extern int state; return steps[state % 3]; }
int state = 1;

struct Guard { ~Guard() { outside("guard"); } };

__attribute__((noinline)) static int risky(int n) {
    if (n > 3) throw n;
    if (n < 0) throw Square();
    return n + shared_counter();
}

int caught(int n) {
    Guard guard;
    try {
        return risky(n);
    } catch (int value) {
        return value;
    } catch (const Shape &shape) {
        outside(shape.name());
        return shape.sides();
    }
}

Shape *make(int n) {
    if (n) return new Square;
    return new Circle;
}

int use(Shape &shape) {
    Holder<int> ints{1};
    Holder<double> doubles{2.5};
    return shape.sides() + ints.keep(2) + (int)doubles.keep(0.5) + dynamic_cast<Square *>(&shape) ? 1 : 2;
}
