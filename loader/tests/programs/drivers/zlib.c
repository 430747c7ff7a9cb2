/* zlib's workload: a list of jobs over several kinds of data: whole buffers at every level, streams with
 * every strategy, wrapper and flush, dictionaries, files, checksums, damaged data. A stream lives over
 * many steps. */
#include "drive.h"
#include "zlib.h"

#define KINDS 4
#define CHUNK 16384

static unsigned char *data[KINDS], *packed, *unpacked;
static unsigned long size, room;
static const char *folder_path;
static long of_job, allocations;

/* The stream in work: first it deflates, then it inflates what came out. */
static z_stream streams[2], *stream = streams;
static int is_streaming, is_inflating;
static unsigned long packed_size;

static void *count_up(void *unused, unsigned items, unsigned bytes) {
    (void)unused;
    allocations++;
    return calloc(items, bytes);
}

static void count_down(void *unused, void *memory) {
    (void)unused;
    allocations--;
    free(memory);
}

/* Zeroes, words, noise, and all of them in turns. */
static void fill(void) {
    static const char *const words[] = {"slot ", "swap ", "stub ", "window ", "linker ", "relocation\n", "epoch, ", "the "};
    unsigned long random = 1;
    for (int kind = 0; kind < KINDS; kind++) {
        data[kind] = calloc(size + 16, 1);
        for (unsigned long at = 0; kind && at < size;) {
            random = random * 6364136223846793005ul + 1442695040888963407ul;
            int now = kind == 3 ? 1 + (int)(at / 5000 % 3) : kind;
            if (now == 1) {
                const char *word = words[random >> 61];
                unsigned long length = strlen(word);
                memcpy(data[kind] + at, word, length);
                at += length;
            } else if (now == 2) {
                data[kind][at++] = random >> 56;
            } else {
                at += 1 + (random >> 54);
            }
        }
        memset(data[kind] + size, 0, 16);
    }
}

void drive_begin(const char *folder, long scale) {
    say_nothing_yet();
    size = 32768 * scale;
    room = size + size / 8 + 1024;
    of_job = allocations = 0;
    is_streaming = 0;
    folder_path = strdup(folder);
    packed = calloc(room, 1);
    unpacked = calloc(room, 1);
    fill();
    say("zlib %s, flags %lx\n", zlibVersion(), zlibCompileFlags());
}

static int fail(const char *what, int code) {
    say("%s: %s\n", what, zError(code));
    return -1;
}

static int whole_buffer(long job) {
    int kind = job % KINDS, level = job / KINDS;
    uLongf length = room, back = room;
    int code = compress2(packed, &length, data[kind], size, level);
    if (code) return fail("compress2", code);
    memset(unpacked, 0xAA, room);
    code = uncompress(unpacked, &back, packed, length);
    if (code) return fail("uncompress", code);
    int same = back == size && !memcmp(unpacked, data[kind], size);
    say("kind %d level %d: %lu bytes, %016lx, bound %d, %s\n", kind, level, length, hash_of(HASH_OF_NOTHING, packed, length),
        compressBound(size) >= length, same ? "same" : "DIFFERENT");
    return same ? 1 : -1;
}

static int checksums(long job) {
    const unsigned char *bytes = data[job % KINDS];
    unsigned long half = size / 2 + job;
    unsigned long crc = crc32(crc32(0, bytes, half), bytes + half, size - half), adler = adler32(1, bytes, size);
    unsigned long crc_combined = crc32_combine(crc32(0, bytes, half), crc32(0, bytes + half, size - half), size - half);
    unsigned long adler_combined = adler32_combine(adler32(1, bytes, half), adler32(1, bytes + half, size - half), size - half);
    for (unsigned long at = 0; at < 200; at++) crc ^= crc32_z(at, bytes + at, at) + adler32_z(at, bytes + at, at);
    for (unsigned long at = 0; at < 200; at++) crc_combined ^= crc32_z(at, bytes + at, at) + adler32_z(at, bytes + at, at);
    say("checksums: %lx %lx, table %x\n", crc, adler, (unsigned)get_crc_table()[77]);
    return crc == crc_combined && adler == adler_combined ? 1 : -1;
}

struct stream_job {
    int kind, level, window, memory, strategy, flush;
    const char *dictionary;
};

static const struct stream_job jobs[] = {
    {1, 6, 15, 8, Z_DEFAULT_STRATEGY, Z_NO_FLUSH, 0},      {3, 9, 15, 9, Z_DEFAULT_STRATEGY, Z_SYNC_FLUSH, 0},
    {3, 1, 12, 5, Z_DEFAULT_STRATEGY, Z_FULL_FLUSH, 0},    {3, 3, 9, 1, Z_DEFAULT_STRATEGY, Z_PARTIAL_FLUSH, 0},
    {1, 6, -15, 8, Z_FILTERED, Z_BLOCK, 0},                {2, 6, -9, 8, Z_HUFFMAN_ONLY, Z_NO_FLUSH, 0},
    {0, 6, 31, 8, Z_RLE, Z_NO_FLUSH, 0},                   {3, 6, 27, 8, Z_FIXED, Z_SYNC_FLUSH, 0},
    {1, 8, 15, 8, Z_DEFAULT_STRATEGY, Z_NO_FLUSH, "slot swap stub window linker relocation"},
    {1, 5, -14, 7, Z_DEFAULT_STRATEGY, Z_NO_FLUSH, "the epoch, window linker"},
    {3, 0, 15, 8, Z_DEFAULT_STRATEGY, Z_SYNC_FLUSH, 0},    {3, 2, 31, 8, Z_RLE, Z_FULL_FLUSH, 0},
};

/* A copy takes the other one's place, as a stream must not be moved. */
static z_stream *other(void) {
    return stream == streams ? streams + 1 : streams;
}

#define STREAMS ((long)(sizeof jobs / sizeof *jobs))

static gz_header header = {.text = 1, .time = 1700000000, .os = 3, .name = (Bytef *)"name", .comment = (Bytef *)"comment", .hcrc = 1};

static int begin_stream(const struct stream_job *job) {
    memset(stream, 0, sizeof *stream);
    stream->zalloc = count_up;
    stream->zfree = count_down;
    int code = deflateInit2(stream, job->level, Z_DEFLATED, job->window, job->memory, job->strategy);
    if (code) return fail("deflateInit2", code);
    if (job->dictionary) deflateSetDictionary(stream, (const Bytef *)job->dictionary, strlen(job->dictionary));
    if (job->window > 15) deflateSetHeader(stream, &header);
    stream->next_out = packed;
    stream->avail_out = room;
    stream->next_in = data[job->kind];
    stream->avail_in = 0;
    if (job->level == 5) deflateTune(stream, 8, 16, 64, 128);
    is_streaming = 1;
    is_inflating = 0;
    return 1;
}

static int begin_inflating(const struct stream_job *job) {
    packed_size = stream->total_out;
    uLong bound = deflateBound(stream, size);
    int code = deflateEnd(stream);
    if (code) return fail("deflateEnd", code);
    say("stream: %lu bytes, bound %d, %016lx\n", packed_size, bound > 0, hash_of(HASH_OF_NOTHING, packed, packed_size));
    memset(stream, 0, sizeof *stream);
    stream->zalloc = count_up;
    stream->zfree = count_down;
    stream->next_in = packed;
    code = inflateInit2(stream, job->window > 15 ? 47 : job->window);
    if (code) return fail("inflateInit2", code);
    if (job->window < 0 && job->dictionary) inflateSetDictionary(stream, (const Bytef *)job->dictionary, strlen(job->dictionary));
    stream->next_out = unpacked;
    is_inflating = 1;
    return 1;
}

static int deflate_some(const struct stream_job *job) {
    /* Not from total_in, which counts a dictionary as well. */
    unsigned long left = data[job->kind] + size - stream->next_in;
    stream->avail_in = left < CHUNK ? left : CHUNK;
    int code = deflate(stream, left <= CHUNK ? Z_FINISH : job->flush);
    if (code == Z_STREAM_END) return begin_inflating(job);
    if (code) return fail("deflate", code);
    if (left == size - 4 * CHUNK && job->strategy == Z_DEFAULT_STRATEGY && job->flush == Z_SYNC_FLUSH) {
        /* In the middle: another level, a copy that takes the place of the original. */
        deflateParams(stream, 4, Z_DEFAULT_STRATEGY);
        deflateCopy(other(), stream);
        deflateEnd(stream);
        stream = other();
    }
    return 1;
}

static int inflate_some(const struct stream_job *job) {
    unsigned long left = packed_size - stream->total_in, space = room - stream->total_out;
    stream->avail_in = left < CHUNK / 3 ? left : CHUNK / 3;
    stream->avail_out = space < CHUNK ? space : CHUNK;
    int code = inflate(stream, Z_SYNC_FLUSH);
    if (code == Z_NEED_DICT) {
        inflateSetDictionary(stream, (const Bytef *)job->dictionary, strlen(job->dictionary));
        return 1;
    }
    if (code == Z_OK) {
        if (stream->total_in % 5 == 0) {
            inflateCopy(other(), stream);
            inflateEnd(stream);
            stream = other();
        }
        return 1;
    }
    if (code != Z_STREAM_END) return fail("inflate", code);
    int same = stream->total_out == size && !memcmp(unpacked, data[job->kind], size);
    code = inflateEnd(stream);
    say("back: %s, %ld allocations left, adler %lx\n", same ? "same" : "DIFFERENT", allocations, stream->adler);
    is_streaming = 0;
    return same && !code ? 0 : -1;
}

/* Goes on with a stream: 1 in the middle, 0 when it is done. */
static int stream_some(long index) {
    const struct stream_job *job = &jobs[index];
    if (!is_streaming) return begin_stream(job);
    return is_inflating ? inflate_some(job) : deflate_some(job);
}

static int damaged(long job) {
    uLongf length = room, back = room;
    compress2(packed, &length, data[1], size / 4, 6);
    packed[length * (job + 1) / 20] ^= 1 << job % 8;
    int code = uncompress(unpacked, &back, packed, length);
    say("damaged: %s", zError(code));
    back = size / 8;
    code = uncompress(unpacked, &back, packed, length / 2);
    say(", cut short: %s", zError(code));
    memset(stream, 0, sizeof *stream);
    inflateInit(stream);
    stream->next_in = packed;
    stream->avail_in = length;
    stream->next_out = unpacked;
    stream->avail_out = room;
    inflate(stream, Z_FINISH);
    say(", %s", stream->msg ? stream->msg : "no message");
    say(", sync %s\n", zError(inflateSync(stream)));
    inflateEnd(stream);
    return 1;
}

static unsigned take(void *from, z_const unsigned char **next) {
    unsigned long *left = from;
    *next = packed;
    unsigned all = *left;
    *left = 0;
    return all;
}

static int give(void *to, unsigned char *bytes, unsigned length) {
    unsigned long *total = to;
    memcpy(unpacked + *total, bytes, length);
    *total += length;
    return 0;
}

static int by_callbacks(void) {
    static unsigned char window[32768];
    unsigned long left, total = 0;
    memset(stream, 0, sizeof *stream);
    deflateInit2(stream, 7, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    stream->next_in = data[3];
    stream->avail_in = size;
    stream->next_out = packed;
    stream->avail_out = room;
    deflate(stream, Z_FINISH);
    left = stream->total_out;
    deflateEnd(stream);
    memset(stream, 0, sizeof *stream);
    int code = inflateBackInit(stream, 15, window);
    if (code) return fail("inflateBackInit", code);
    code = inflateBack(stream, take, &left, give, &total);
    inflateBackEnd(stream);
    int same = total == size && !memcmp(unpacked, data[3], size);
    say("inflateBack: %s, %s\n", zError(code), same ? "same" : "DIFFERENT");
    return same ? 1 : -1;
}

static int files(void) {
    char path[1024], line[80];
    snprintf(path, sizeof path, "%s/file.gz", folder_path);
    gzFile file = gzopen(path, "wb9");
    if (!file) return -1;
    gzbuffer(file, 20000);
    for (int number = 0; number < 2000; number++) gzprintf(file, "line %d of %s\n", number, "the file");
    gzsetparams(file, 1, Z_FILTERED);
    gzwrite(file, data[3], size);
    gzputs(file, "end\n");
    gzputc(file, '!');
    gzflush(file, Z_FULL_FLUSH);
    gzseek(file, 1000, SEEK_CUR);
    gzfwrite("more", 1, 4, file);
    say("written: %ld, ", (long)gztell(file));
    say("closed %d, ", gzclose(file));
    file = gzopen(path, "ab");
    gzputs(file, "appended");
    gzclose(file);
    file = gzopen(path, "rb");
    gzgets(file, line, sizeof line);
    say("read: %s", line);
    gzseek(file, 30000, SEEK_SET);
    int next = gzgetc(file);
    gzungetc('x', file);
    say("%c at %ld, direct %d, ", next, (long)gztell(file), gzdirect(file));
    gzrewind(file);
    unsigned long hash = HASH_OF_NOTHING;
    long total = 0;
    int length;
    while ((length = gzread(file, unpacked, CHUNK)) > 0) {
        hash = hash_of(hash, unpacked, length);
        total += length;
    }
    say("%ld bytes, %016lx, eof %d, ", total, hash, gzeof(file));
    say("closed %d\n", gzclose(file));
    return 1;
}

int drive_step(void) {
    long job = of_job;
    int result;
    if (job < 10 * KINDS) result = whole_buffer(job);
    else if ((job -= 10 * KINDS) < KINDS) result = checksums(job);
    else if ((job -= KINDS) < STREAMS) {
        result = stream_some(job);
        if (result > 0) return 1;
        if (result == 0) result = 1;
    } else if ((job -= STREAMS) < 18) result = damaged(job);
    else if ((job -= 18) == 0) result = by_callbacks();
    else if (job == 1) result = files();
    else {
        for (int kind = 0; kind < KINDS; kind++) free(data[kind]);
        free(packed);
        free(unpacked);
        free((void *)folder_path);
        return allocations ? -1 : 0;
    }
    of_job++;
    return result;
}
