/* A host for images of live code: maps one, calls it through a slot, changes its memory to a later
   image, calls it again. Usage: host IMAGE CHANGES LATER-IMAGE SLOT. */
#define _GNU_SOURCE
#include <elf.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* What live code refers to. */
__thread int thread_value = 5;
__thread char thread_text[24] = "thread";
__thread long thread_total = 1000;
int host_calls;

/* A static executable has of the C library what it uses itself. */
__attribute__((used)) static void *for_live_code[] = {puts, malloc, free, strlen, memcpy, strchr};
#ifdef __aarch64__
/* On x86-64 no static executable has it: there code for one has thread-local descriptors instead. */
void *__tls_get_addr(void *);
__attribute__((used)) static void *for_old_thread_locals = __tls_get_addr;
#endif

const char *host_name(int number)
{
    host_calls++;
    return number % 2 ? "odd" : "even";
}

void host_say(const char *what, long number)
{
    printf("%s %ld\n", what, number);
}

static void stop(const char *why)
{
    perror(why);
    exit(1);
}

static uint8_t *contents(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        stop(path);
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size + 1);
    if (fread(bytes, 1, *size, file) != *size)
        stop(path);
    fclose(file);
    return bytes;
}

/* Room for thread-locals of live code, and how many initial values this thread has copied into it. */
__thread char segue_thread_locals[256] __attribute__((aligned(64)));
static __thread size_t copied;

static struct { uint64_t from_thread_pointer, initial, size; } *initials;
static size_t initial_count;

/* Before a thread enters live code. */
static void prepare(void)
{
    for (; copied < initial_count; copied++) {
        char *variable = (char *)__builtin_thread_pointer() + initials[copied].from_thread_pointer;
        memcpy(variable, (void *)initials[copied].initial, initials[copied].size);
    }
}

static struct { uint64_t word, resolver; } *indirect;
static size_t indirect_count;

static void read_notes(const uint8_t *bytes, const Elf64_Phdr *header)
{
    size_t at = header->p_offset, end = at + header->p_filesz;
    while (at < end) {
        uint32_t head[3]; /* bytes of the name, bytes of the list, type */
        memcpy(head, bytes + at, sizeof head);
        void *list = malloc(head[1] + 1);
        memcpy(list, bytes + at + sizeof head + head[0], head[1]);
        if (head[2] == 1) {
            initials = list;
            initial_count = head[1] / sizeof *initials;
        } else {
            indirect = list;
            indirect_count = head[1] / sizeof *indirect;
        }
        at += sizeof head + head[0] + head[1];
    }
}

/* Functions that are chosen at the start: the C library's are for the processor it finds. */
static void choose(void)
{
    for (size_t i = 0; i < indirect_count; i++) {
        void *(*resolver)(void) = (void *)indirect[i].resolver;
        *(void **)indirect[i].word = resolver();
    }
}

static Elf64_Phdr windows[8];
static int window_count;

static void protect(int writable)
{
    for (int i = 0; i < window_count; i++) {
        int flags = windows[i].p_flags;
        int kind = PROT_READ | (flags & PF_W ? PROT_WRITE : 0) | (flags & PF_X ? PROT_EXEC : 0);
        char *start = (char *)windows[i].p_vaddr;
        if (mprotect(start, windows[i].p_memsz, writable ? PROT_READ | PROT_WRITE : kind))
            stop("mprotect");
        if (flags & PF_X && !writable)
            __builtin___clear_cache(start, start + windows[i].p_memsz);
    }
}

static void map(const char *path)
{
    size_t size;
    uint8_t *bytes = contents(path, &size);
    Elf64_Ehdr *header = (Elf64_Ehdr *)bytes;
    Elf64_Phdr *headers = (Elf64_Phdr *)(bytes + header->e_phoff);
    for (int i = 0; i < header->e_phnum; i++) {
        if (headers[i].p_type == PT_NOTE)
            read_notes(bytes, &headers[i]);
        else
            windows[window_count++] = headers[i];
    }
    for (int i = 0; i < window_count; i++) {
        void *wanted = (void *)windows[i].p_vaddr;
        void *at = mmap(wanted, windows[i].p_memsz, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
        if (at != wanted)
            stop("mmap");
        memcpy(at, bytes + windows[i].p_offset, windows[i].p_filesz);
    }
    protect(0);
    free(bytes);
}

/* Triples (address, length, bytes). Nothing runs the code meanwhile. */
static void change(const char *path)
{
    size_t size, at = 0;
    uint8_t *bytes = contents(path, &size);
    protect(1);
    while (at < size) {
        uint64_t head[2];
        memcpy(head, bytes + at, sizeof head);
        memcpy((void *)head[0], bytes + at + sizeof head, head[1]);
        at += sizeof head + head[1];
    }
    protect(0);
    free(bytes);
}

/* What a later image says that is not in memory. */
static void read_later(const char *path)
{
    size_t size;
    uint8_t *bytes = contents(path, &size);
    Elf64_Ehdr *header = (Elf64_Ehdr *)bytes;
    Elf64_Phdr *headers = (Elf64_Phdr *)(bytes + header->e_phoff);
    for (int i = 0; i < header->e_phnum; i++)
        if (headers[i].p_type == PT_NOTE)
            read_notes(bytes, &headers[i]);
    free(bytes);
}

static long (**slot)(long);

static void *run(void *name)
{
    prepare();
    for (long i = 0; i < 3; i++)
        printf("%s: %ld\n", (char *)name, (*slot)(i));
    printf("%s: %d, %s, %ld\n", (char *)name, thread_value, thread_text, thread_total);
    return 0;
}

static void run_beside(char *name)
{
    pthread_t thread;
    if (pthread_create(&thread, 0, run, name) || pthread_join(thread, 0))
        stop("thread");
}

int main(int count, char **arguments)
{
    if (count != 5)
        return 2;
    slot = (void *)strtoull(arguments[4], 0, 16);
    map(arguments[1]);
    choose();
    run("first");
    run_beside("beside");
    change(arguments[2]);
    read_later(arguments[3]);
    choose();
    run("second");
    run_beside("new");
    printf("host_calls %d\n", host_calls);
    return 0;
}
