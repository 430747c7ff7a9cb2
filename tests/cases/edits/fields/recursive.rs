//! A type that holds itself gets a field.
//# probe: 0 21 42 105
struct List { value: i64, next: Option<Box<List>> }
#[inline(never)] fn make(x: i64) -> List { List { value: x, next: Some(Box::new(List { value: 2 * x, next: None })) } }
#[inline(never)] fn fold(list: List) -> i64 { list.value + list.next.map_or(0, |next| 10 * fold(*next)) }
//# after
//# expect: live, changed fold make
//# probe: 0 61 122 305
//# flight: old
struct List { weight: i64, value: i64, next: Option<Box<List>> }
#[inline(never)] fn make(x: i64) -> List { List { weight: 1, value: x, next: Some(Box::new(List { weight: 3, value: 2 * x, next: None })) } }
#[inline(never)] fn fold(list: List) -> i64 { list.weight * list.value + list.next.map_or(0, |next| 10 * fold(*next)) }
