/* SQLite's workload: a list of statements, each run as often as it says, at most 64 rows a step, so
 * that a statement lives over many steps. What they return is said, or hashed where it is long. */
#include "drive.h"
#include "sqlite3.h"

struct statement {
    /* How often it runs, with ?1 bound to 1, 2, ...; 0 for what is run once for every row of the
     * scale's thousand. Its rows are hashed when it runs more than once. */
    long times;
    const char *sql;
};

#define EACH 0

static const struct statement statements[] = {
    {1, "PRAGMA page_size = 4096"},
    {1, "PRAGMA cache_size = 200"},
    {1, "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL, folder INT, note BLOB,"
        " twice INT GENERATED ALWAYS AS (folder * 2) VIRTUAL, CHECK(price >= 0))"},
    {1, "CREATE TABLE folder(id INTEGER PRIMARY KEY, title TEXT UNIQUE COLLATE NOCASE, changes INT DEFAULT 0)"},
    {1, "CREATE TABLE history(item INT REFERENCES item(id) ON DELETE CASCADE, old REAL, new REAL)"},
    {1, "CREATE INDEX history_item ON history(item)"},
    {1, "CREATE TABLE pair(a INT, b TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID"},
    {1, "PRAGMA foreign_keys = ON"},
    {1, "CREATE TRIGGER item_price AFTER UPDATE OF price ON item WHEN old.price <> new.price BEGIN"
        " INSERT INTO history VALUES (new.id, old.price, new.price);"
        " UPDATE folder SET changes = changes + 1 WHERE id = new.folder; END"},
    {1, "CREATE VIEW costly AS SELECT name, price FROM item WHERE price > 90 ORDER BY price DESC, id"},
    {1, "BEGIN"},
    {64, "INSERT INTO folder(id, title) VALUES (?1 - 1, printf('Folder %03d', ?1 - 1))"},
    {EACH, "INSERT INTO item(id, name, price, folder, note) VALUES (?1, 'item ' || (?1 * 7919 % 100003),"
           " abs((?1 * 31337) % 10000) / 100.0, ?1 * 17 % 64, CASE ?1 % 5 WHEN 0 THEN zeroblob(?1 % 90) ELSE hex(?1) END)"},
    {1, "COMMIT"},
    {1, "CREATE INDEX item_by_name ON item(name COLLATE NOCASE)"},
    {1, "CREATE INDEX item_by_price ON item(folder, price) WHERE price < 50"},
    {1, "CREATE INDEX item_by_expression ON item(length(note), twice)"},
    {1, "ANALYZE"},
    {1, "SELECT count(*), round(sum(price), 2), round(avg(price), 4), min(name), max(name), total(length(note)) FROM item"},
    {EACH, "SELECT name, price, note FROM item WHERE id = ?1 * 13 % 20011 + 1"},
    {200, "SELECT count(*), group_concat(id) FROM item WHERE name = 'ITEM ' || (?1 * 7919 % 100003) COLLATE NOCASE"},
    {1, "SELECT title, count(*) AS n, round(sum(price), 2), group_concat(DISTINCT substr(name, 1, 6)) FROM folder JOIN item"
        " ON item.folder = folder.id GROUP BY title HAVING n > 10 ORDER BY n DESC, title LIMIT 12"},
    {1, "SELECT f.title, i.name FROM folder f LEFT JOIN item i ON i.folder = f.id AND i.price > 99.9 ORDER BY 1, 2 LIMIT 20"},
    {1, "SELECT folder, id, rank() OVER w, round(sum(price) OVER (w ROWS BETWEEN 3 PRECEDING AND CURRENT ROW), 2),"
        " lag(name, 1, 'none') OVER w, ntile(4) OVER w, first_value(id) OVER w FROM item WHERE id % 997 = 1 WINDOW w AS"
        " (PARTITION BY folder ORDER BY price, id)"},
    {1, "WITH RECURSIVE edge(a, b) AS (SELECT id, id * 3 % 211 FROM item WHERE id < 211), reach(n, depth) AS (VALUES (1, 0)"
        " UNION SELECT b, depth + 1 FROM edge JOIN reach ON a = n WHERE depth < 40) SELECT count(*), max(depth), sum(n) FROM reach"},
    {1, "WITH RECURSIVE x(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM x LIMIT 500), fib(a, b) AS (VALUES (0, 1)"
        " UNION ALL SELECT b, a + b FROM fib LIMIT 60) SELECT (SELECT sum(i * i) FROM x), (SELECT max(a) FROM fib)"},
    {1, "WITH RECURSIVE xaxis(x) AS (VALUES (-2.0) UNION ALL SELECT x + 0.05 FROM xaxis WHERE x < 1.2), yaxis(y) AS (VALUES (-1.0)"
        " UNION ALL SELECT y + 0.1 FROM yaxis WHERE y < 1.0), m(iter, cx, cy, x, y) AS (SELECT 0, x, y, 0.0, 0.0 FROM xaxis, yaxis"
        " UNION ALL SELECT iter + 1, cx, cy, x * x - y * y + cx, 2.0 * x * y + cy FROM m WHERE (x * x + y * y) < 4.0 AND iter < 28),"
        " m2(iter, cx, cy) AS (SELECT max(iter), cx, cy FROM m GROUP BY cx, cy), a(t) AS (SELECT group_concat(substr(' .+*#',"
        " 1 + min(iter / 7, 4), 1), '') FROM m2 GROUP BY cy) SELECT group_concat(rtrim(t), x'0a') FROM a"},
    {1, "BEGIN IMMEDIATE"},
    {EACH, "UPDATE item SET price = round(price * 1.01 + ?1 % 3, 2) WHERE id = ?1 AND folder < 20"},
    {1, "SAVEPOINT inner"},
    {1, "DELETE FROM item WHERE id % 3 = 0"},
    {1, "SELECT count(*), (SELECT count(*) FROM history) FROM item"},
    {1, "ROLLBACK TO inner"},
    {1, "RELEASE inner"},
    {1, "COMMIT"},
    {1, "SELECT count(*), round(sum(new - old), 2) FROM history"},
    {1, "SELECT sum(changes), max(changes) FROM folder"},
    {1, "SELECT * FROM costly LIMIT 5 OFFSET 3"},
    {1000, "INSERT INTO pair VALUES (?1 % 100, 'b' || ?1 % 33) ON CONFLICT(a, b) DO UPDATE SET b = 'again' || excluded.b"
           " WHERE b < excluded.b RETURNING a, b"},
    {1, "SELECT count(*), max(b) FROM pair"},
    {1, "INSERT INTO item(id, name, price) VALUES (1, 'again', 1)"},
    {1, "INSERT INTO item(name, price) VALUES ('cheap', -1)"},
    {1, "INSERT INTO history VALUES (-5, 0, 0)"},
    {1, "SELECT no_such_function(1)"},
    {1, "SELEC 1"},
    {1, "SELECT * FROM nowhere"},
    {1, "SELECT (SELECT 1 UNION SELECT 2 EXCEPT SELECT 2 INTERSECT SELECT 1), 5 IN (SELECT id FROM item), EXISTS (SELECT 1 FROM item"
        " WHERE id = -1), CAST('12abc' AS INT), 7 / 2, 7 % 3, -7 >> 1, ~5, 1 <> 2, 'a' || NULL, quote(x'00ff'), 1e300 * 1e10, 9223372036854775807 + 1"},
    {1, "SELECT abs(-3), char(65, 8364, 128512), coalesce(NULL, 2), format('%5d|%-5s|%05.1f|%q|%x', 42, 'ab', 3.14159, 'it''s', 255),"
        " glob('a*c', 'abc'), hex('xyz'), iif(1, 2, 3), instr('hello', 'l'), like('%b_', 'abc'), lower('ABC'), ltrim('  x'), nullif(1, 1),"
        " quote('it''s'), replace('aXbX', 'X', '--'), round(2.567, 1), sign(-2), soundex('Robert'), substr('hello', -3, 2), trim('xxaxx', 'x'),"
        " typeof(1.5), unhex('4142'), unicode('A'), upper('abc'), hex(zeroblob(3)), octet_length('h\xc3\xa9'), length('h\xc3\xa9')"},
    {1, "SELECT acos(0.5), atan2(1, 2), ceil(1.2), cosh(1), degrees(1), exp(1), floor(-1.5), ln(10), log(2, 8), mod(7, 3), pi(), pow(2, 10),"
        " radians(180), sin(1), sqrt(2), tan(0.5), trunc(2.7)"},
    {1, "SELECT date('2024-02-29', '+1 year'), time('12:34:56', '-90 minutes'), datetime(1700000000, 'unixepoch', 'start of month'),"
        " julianday('2000-01-01'), strftime('%Y %j %W %H:%M:%f', '2023-07-04 05:06:07.891'), unixepoch('1999-12-31'), timediff('2024-03-01', '2023-12-25'),"
        " date('2024-05-31', 'weekday 2', '-1 month')"},
    {1, "CREATE TABLE doc(j)"},
    {1000, "INSERT INTO doc VALUES (json_object('id', ?1, 'tags', json_array('t' || (?1 % 7), ?1 * 1.5, NULL, json('true')), 'at', json_object('x', ?1, 'y', -?1)))"},
    {1, "SELECT count(*), sum(j ->> '$.at.x'), sum(json_array_length(j, '$.tags')), group_concat(DISTINCT json_extract(j, '$.tags[0]')) FROM doc"},
    {1, "SELECT key, type, count(*), sum(length(atom)) FROM doc, json_tree(doc.j) GROUP BY key, type ORDER BY 1, 2"},
    {1, "UPDATE doc SET j = json_set(json_remove(json_insert(j, '$.new', json('[1,{\"a\":2}]')), '$.at.y'), '$.tags[#]', 'end') WHERE rowid % 2"},
    {1, "SELECT json_patch(j, '{\"id\":null,\"z\":5}'), json_type(j, '$.new'), json_valid(j), json_quote('\"'), jsonb(j) IS NOT NULL, json_pretty(j)"
        " FROM doc LIMIT 2"},
    {1, "SELECT json_group_array(value), json_group_object('k' || key, value) FROM json_each('[1, 2.5e3, \"\\u20ac\", [true, null], {a: 0x10}]')"},
    {1, "SELECT json_error_position('{\"a\": 1, b}'), json('{\"a\":')"},
    {1, "CREATE VIRTUAL TABLE page USING fts5(title, body, tokenize = 'porter unicode61', prefix = '2 3')"},
    {1000, "INSERT INTO page VALUES ('Page ' || ?1, 'the quick brown fox number ' || ?1 || ' jumped over ' || (?1 % 10) || ' lazy dogs running ' || hex(?1 * 77))"},
    {1, "INSERT INTO page(page) VALUES ('optimize')"},
    {1, "SELECT rowid, round(rank, 4), snippet(page, 1, '[', ']', '...', 6) FROM page WHERE page MATCH 'run AND (dog NOT 7) OR \"page 12\"' LIMIT 3"},
    {1, "SELECT highlight(page, 0, '<', '>'), bm25(page) < 0 FROM page WHERE page MATCH 'title : 99* NEAR(quick fox, 2)' ORDER BY rank LIMIT 3"},
    {1, "INSERT INTO page(page, rank) VALUES ('integrity-check', 1)"},
    {1, "CREATE VIRTUAL TABLE word USING fts4(text)"},
    {300, "INSERT INTO word VALUES ('word' || (?1 % 20) || ' other' || ?1)"},
    {1, "SELECT offsets(word), snippet(word) FROM word WHERE word MATCH 'word7 OR other1*' LIMIT 5"},
    {1, "CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, y0, y1)"},
    {1000, "INSERT INTO box VALUES (?1, ?1 * 37 % 500, ?1 * 37 % 500 + 5, ?1 * 91 % 500, ?1 * 91 % 500 + 7)"},
    {1, "SELECT count(*), sum(id) FROM box WHERE x0 > 100 AND x1 < 300 AND y0 BETWEEN 50 AND 200"},
    {1, "DELETE FROM box WHERE id % 2"},
    {1, "SELECT rtreecheck('box')"},
    {1, "SELECT twelve(folder), round(spread(price), 6) FROM item GROUP BY 1 ORDER BY 1 COLLATE backwards"},
    {1, "SELECT count(*) FROM sqlite_schema AS s, pragma_table_info(s.name) AS t"},
    {1, "EXPLAIN QUERY PLAN SELECT * FROM item JOIN folder ON folder.id = item.folder WHERE item.name = 'x' COLLATE NOCASE OR item.id = 5"},
    {1, "SELECT count(*) > 5 FROM (SELECT 1 FROM item LIMIT 9)"},
    {1, "ATTACH (SELECT :folder || '/attached.db') AS disk"},
    {1, "PRAGMA disk.journal_mode = WAL"},
    {1, "CREATE TABLE disk.kept(id INTEGER PRIMARY KEY, text TEXT)"},
    {1, "BEGIN"},
    {EACH, "INSERT INTO disk.kept(text) VALUES (printf('%.*c', ?1 % 50, 'x') || ?1)"},
    {1, "COMMIT"},
    {1, "DELETE FROM disk.kept WHERE id % 2 = 0"},
    {1, "PRAGMA disk.wal_checkpoint(RESTART)"},
    {1, "SELECT count(*), sum(length(text)) FROM disk.kept"},
    {300, "UPDATE disk.kept SET text = upper(text) || ?1 WHERE id = ?1 * 2 + 1"},
    {1, "VACUUM disk"},
    {1, "PRAGMA disk.integrity_check"},
    {1, "PRAGMA disk.journal_mode = DELETE"},
    {1, "DETACH disk"},
    {1, "ALTER TABLE item RENAME COLUMN note TO remark"},
    {1, "ALTER TABLE item ADD COLUMN extra TEXT DEFAULT 'more'"},
    {1, "ALTER TABLE pair RENAME TO couple"},
    {1, "DROP INDEX item_by_name"},
    {1, "REINDEX"},
    {1, "DELETE FROM item WHERE id % 7 = 3"},
    {1, "CREATE TABLE copy AS SELECT * FROM item ORDER BY name DESC"},
    {1, "SELECT count(*), max(extra), sum(length(remark)) FROM copy WHERE (name, price) > ('item 5', 10) AND folder IN (1, 2, 3, 5, 8)"},
    {1, "VACUUM"},
    {1, "SELECT id, sum(price) OVER w, count(*) OVER w, group_concat(id) OVER w, min(price) OVER w, max(price) OVER w, row_number() OVER w,"
        " dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, ntile(3) OVER w, last_value(id) OVER w, nth_value(id, 2) OVER w,"
        " lead(id, 1, 0) OVER w, json_group_array(id) OVER w FROM (SELECT * FROM item WHERE id < 20) WINDOW w AS"
        " (ORDER BY id RANGE BETWEEN 3 PRECEDING AND 2 FOLLOWING EXCLUDE TIES)"},
    {1, "SELECT id, total(price) FILTER (WHERE id % 2) OVER (ORDER BY id GROUPS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM item WHERE id < 9"},
    {1, "SELECT a.id, b.id FROM (SELECT id FROM item WHERE id < 5) a FULL OUTER JOIN (SELECT id FROM item WHERE id BETWEEN 4 AND 7) b USING (id)"
        " UNION ALL SELECT a.id, c.id FROM item a RIGHT JOIN folder c ON a.id = c.id AND a.id < 3 WHERE c.id < 3 ORDER BY 1, 2"},
    {1, "SELECT count(*) FROM item a, copy b WHERE a.name = b.name AND a.price BETWEEN 10 AND 60 AND (b.id, b.folder) IN (SELECT id, folder FROM item)"},
    {1, "SELECT name FROM item WHERE price > 20 ORDER BY name COLLATE RTRIM DESC, price LIMIT 4"},
    {1, "SELECT concat('a', 1, NULL), concat_ws('-', 'x', NULL, 'y'), unistr('\\0041'), subtype(json('1')), json_replace('{\"a\":1}', '$.a', 2),"
        " json_array_insert('[1]', '$[0]', 0), length(randomblob(9)), random() IS NOT NULL, sqlite_version(), changes() >= 0, last_insert_rowid() > 0"},
    {1, "UPDATE copy SET price = f.changes FROM folder f WHERE f.id = copy.folder"},
    {1, "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(page, row)"},
    {1, "SELECT term, doc, cnt FROM vocabulary ORDER BY cnt DESC, term LIMIT 5"},
    {1, "CREATE VIRTUAL TABLE instances USING fts5vocab(page, instance)"},
    {1, "SELECT count(*), sum(offset) FROM instances WHERE term > 'f'"},
    {1, "CREATE VIRTUAL TABLE terms USING fts4aux(word)"},
    {1, "SELECT count(*), max(occurrences) FROM terms WHERE col = '*'"},
    {1, "CREATE VIRTUAL TABLE tokens USING fts3tokenize('porter')"},
    {1, "SELECT token, start FROM tokens WHERE input = 'Running dogs happily jumped' ORDER BY start"},
    {300, "DELETE FROM page WHERE rowid = ?1 * 3"},
    {300, "UPDATE page SET body = body || ' again' WHERE rowid = ?1 * 3 + 1"},
    {1, "SELECT count(*) FROM page WHERE page MATCH 'again OR brown' AND rank < 0"},
    {1, "SELECT rowid FROM page WHERE page MATCH 'fox' ORDER BY rowid DESC LIMIT 3"},
    {200, "DELETE FROM word WHERE rowid = ?1"},
    {1, "INSERT INTO word(word) VALUES ('optimize')"},
    {1, "SELECT hex(matchinfo(word, 'pcnalx')) FROM word WHERE text MATCH 'word7 NEAR other207' LIMIT 1"},
    {1, "CREATE VIRTUAL TABLE part USING fts5(text, tokenize = 'trigram')"},
    {200, "INSERT INTO part VALUES ('abc' || ?1 || 'xyz')"},
    {1, "SELECT count(*) FROM part WHERE text LIKE '%c1%x%' AND part MATCH 'xyz'"},
    {1, "DROP TABLE page"},
    {1, "ALTER TABLE item DROP COLUMN extra"},
    {1, "CREATE TEMP TABLE gone(x UNIQUE ON CONFLICT REPLACE, y DEFAULT (1 + 2), PRIMARY KEY(x DESC))"},
    {500, "INSERT INTO gone(x) VALUES (?1 % 90)"},
    {1, "SELECT count(*), sum(y) FROM gone"},
    {1, "DROP TRIGGER item_price"},
    {1, "PRAGMA optimize"},
    {1, "SELECT * FROM pragma_function_list WHERE name IN ('twelve', 'spread') ORDER BY name"},
    {1, "ATTACH (SELECT :folder || '/vacuumed.db') AS disk"},
    {1, "PRAGMA disk.auto_vacuum = INCREMENTAL"},
    {1, "PRAGMA disk.cache_size = 10"},
    {1, "CREATE TABLE disk.big(id INTEGER PRIMARY KEY, bytes BLOB)"},
    {1, "BEGIN"},
    {300, "INSERT INTO disk.big(bytes) VALUES (zeroblob(?1 * 40) || ?1)"},
    {1, "SAVEPOINT inner"},
    {300, "UPDATE disk.big SET bytes = bytes || 'more' || zeroblob(3000) WHERE id = ?1"},
    {1, "ROLLBACK TO inner"},
    {1, "COMMIT"},
    {1, "BEGIN"},
    {1, "DELETE FROM disk.big WHERE id % 2"},
    {1, "ROLLBACK"},
    {1, "DELETE FROM disk.big WHERE id % 3"},
    {1, "PRAGMA disk.incremental_vacuum(50)"},
    {1, "SELECT count(*), sum(length(bytes)) FROM disk.big"},
    {1, "PRAGMA disk.integrity_check"},
    {1, "DETACH disk"},
    {1, "PRAGMA quick_check"},
    {1, "PRAGMA integrity_check"},
    {1, "PRAGMA foreign_key_check"},
};

static sqlite3 *database;
static sqlite3_stmt *prepared;
static long rows, of_statement, iteration;
static unsigned long hash, callbacks;
static const char *folder_path;

static void fail(const char *what, const char *sql) {
    say("%s: %s (extended %d) in %.60s\n", what, sqlite3_errmsg(database), sqlite3_extended_errcode(database), sql);
}

/* A function of ours that SQLite calls: its address is kept in SQLite's own tables. */
static void twelve(sqlite3_context *context, int count, sqlite3_value **values) {
    callbacks += count;
    sqlite3_result_int64(context, sqlite3_value_int64(values[0]) % 12);
}

struct spread { double low, high; long count; };

static void spread_step(sqlite3_context *context, int count, sqlite3_value **values) {
    struct spread *state = sqlite3_aggregate_context(context, sizeof *state);
    double value = sqlite3_value_double(values[0]);
    callbacks += count;
    if (!state) return;
    if (!state->count++) state->low = state->high = value;
    if (value < state->low) state->low = value;
    if (value > state->high) state->high = value;
}

static void spread_final(sqlite3_context *context) {
    struct spread *state = sqlite3_aggregate_context(context, 0);
    sqlite3_result_double(context, state ? state->high - state->low : 0);
}

static int backwards(void *unused, int left_length, const void *left, int right_length, const void *right) {
    int shorter = left_length < right_length ? left_length : right_length;
    int order = memcmp(right, left, shorter);
    (void)unused;
    callbacks++;
    return order ? order : right_length - left_length;
}

static int progress(void *count) {
    ++*(unsigned long *)count;
    return 0;
}

void drive_begin(const char *folder, long scale) {
    say_nothing_yet();
    rows = 1000 * scale;
    of_statement = iteration = 0;
    callbacks = 0;
    folder_path = sqlite3_mprintf("%s", folder);
    if (sqlite3_open(":memory:", &database)) fail("open", "");
    sqlite3_create_function(database, "twelve", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, 0, twelve, 0, 0);
    sqlite3_create_function(database, "spread", 1, SQLITE_UTF8, 0, 0, spread_step, spread_final);
    sqlite3_create_collation(database, "backwards", SQLITE_UTF8, 0, backwards);
    sqlite3_progress_handler(database, 1000, progress, &callbacks);
    say("SQLite %s\n", sqlite3_libversion());
}

static void say_row(int is_hashed) {
    int columns = sqlite3_column_count(prepared);
    for (int column = 0; column < columns; column++) {
        const char *text = (const char *)sqlite3_column_text(prepared, column);
        int length = sqlite3_column_bytes(prepared, column);
        if (is_hashed) {
            hash = hash_of(hash, text ? text : "null", length);
        } else {
            if (column) say_bytes("|", 1);
            if (text) say_bytes(text, length);
        }
    }
    if (!is_hashed) say_bytes("\n", 1);
}

/* Begins the current statement; 0 when it cannot be run at all. */
static int prepare(const struct statement *statement) {
    hash = HASH_OF_NOTHING;
    iteration = 1;
    say("%.60s\n", statement->sql);
    if (sqlite3_prepare_v3(database, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, 0)) {
        fail("refused", statement->sql);
        return 0;
    }
    int parameter = sqlite3_bind_parameter_index(prepared, ":folder");
    if (parameter) {
        sqlite3_bind_text(prepared, parameter, folder_path, -1, SQLITE_TRANSIENT);
    } else if (sqlite3_bind_parameter_count(prepared)) {
        sqlite3_bind_int64(prepared, 1, iteration);
    }
    return 1;
}

/* Runs on to the next row of the current statement; 0 when it is done. */
static int advance(const struct statement *statement, long times) {
    int result = sqlite3_step(prepared);
    if (result == SQLITE_ROW) {
        say_row(times > 1);
        return 1;
    }
    if (result != SQLITE_DONE) fail("failed", statement->sql);
    sqlite3_reset(prepared);
    if (iteration >= times) return 0;
    sqlite3_bind_int64(prepared, 1, ++iteration);
    return 1;
}

static int finish(void) {
    sqlite3 *copy;
    unsigned char *bytes;
    sqlite3_int64 size = 0;
    /* Backup and serialisation: the whole database, by two more roads. */
    if (sqlite3_open(":memory:", &copy)) fail("open", "");
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", database, "main");
    while (sqlite3_backup_step(backup, 20) == SQLITE_OK) continue;
    sqlite3_backup_finish(backup);
    bytes = sqlite3_serialize(copy, "main", &size, 0);
    say("backup of %lld bytes: %d changes, callbacks %s\n", (long long)size, sqlite3_total_changes(copy), callbacks > 100 ? "ran" : "did not run");
    sqlite3_free(bytes);
    sqlite3_close(copy);
    int closed = sqlite3_close(database);
    say("closed: %s; memory in use: %lld\n", sqlite3_errstr(closed), (long long)(sqlite3_memory_used() - sqlite3_msize((void *)folder_path)));
    sqlite3_free((void *)folder_path);
    database = 0;
    return closed ? -1 : 0;
}

int drive_step(void) {
    const struct statement *statement = &statements[of_statement];
    if (of_statement == sizeof statements / sizeof *statements) return finish();
    long times = statement->times == EACH ? rows : statement->times;
    if (!prepared && !prepare(statement)) {
        of_statement++;
        return 1;
    }
    for (int row = 0; row < 64; row++) {
        if (advance(statement, times)) continue;
        if (times > 1) say("%ld times: %016lx\n", times, hash);
        sqlite3_finalize(prepared);
        prepared = 0;
        of_statement++;
        break;
    }
    return 1;
}
