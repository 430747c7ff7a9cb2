/* Thread-locals in every access model that the flags choose. */
extern __thread int outside_thread_local;
extern __thread long outside_initial __attribute__((tls_model("initial-exec")));
__thread int own_zero;
__thread long own_value = 77;
static __thread char buffer[64];
static __thread struct { int a, b; } pair = { 3, 4 };
static __thread const char *pointer = "pointed";
__thread int hidden_value __attribute__((visibility("hidden"))) = 5;

int sum(void) { return outside_thread_local + own_zero + own_value + pair.a + pair.b + hidden_value; }
void *address(int n) {
    switch (n) {
    case 0: return &outside_thread_local;
    case 1: return &own_zero;
    case 2: return &own_value;
    case 3: return buffer + 5;
    case 4: return &pair.b;
    default: return &pointer;
    }
}
void set(int n) {
    outside_initial = n;
    own_zero += n;
    own_value -= n;
    buffer[n & 63] = n;
    buffer[(n + 7) & 63] = pointer[n & 7];
    pair.b = pair.a + n;
    hidden_value = n;
}
