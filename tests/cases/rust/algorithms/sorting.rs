//! Insertion, quick, merge, heap, shell and counting sort, all of which must agree.
//# inputs: 0 1 7 12345
fn insertion<T: PartialOrd + Copy>(a: &mut [T]) {
    for i in 1..a.len() {
        let x = a[i];
        let mut j = i;
        while j > 0 && a[j - 1] > x { a[j] = a[j - 1]; j -= 1; }
        a[j] = x;
    }
}
fn quick<T: PartialOrd + Copy>(a: &mut [T]) {
    if a.len() < 2 { return }
    let pivot = a[a.len() / 2];
    let (mut i, mut j) = (0, a.len() - 1);
    loop {
        while a[i] < pivot { i += 1; }
        while a[j] > pivot { j -= 1; }
        if i >= j { break }
        a.swap(i, j);
        i += 1;
        j -= 1;
    }
    let (left, right) = a.split_at_mut(i);
    quick(left);
    quick(right);
}
fn merge<T: PartialOrd + Copy + Default, const N: usize>(a: &mut [T; N]) {
    let mut width = 1;
    let mut out = [T::default(); N];
    while width < N {
        let mut start = 0;
        while start < N {
            let (middle, end) = ((start + width).min(N), (start + 2 * width).min(N));
            let (mut i, mut j) = (start, middle);
            for slot in &mut out[start..end] {
                *slot = if i < middle && (j >= end || a[i] <= a[j]) { i += 1; a[i - 1] } else { j += 1; a[j - 1] };
            }
            start = end;
        }
        *a = out;
        width *= 2;
    }
}
fn heap<T, F: FnMut(&T, &T) -> bool>(a: &mut [T], mut less: F) {
    let mut sift = |a: &mut [T], mut root: usize| while root * 2 + 1 < a.len() {
        let mut child = root * 2 + 1;
        if child + 1 < a.len() && less(&a[child], &a[child + 1]) { child += 1 }
        if !less(&a[root], &a[child]) { break }
        a.swap(root, child);
        root = child;
    };
    for i in (0..a.len() / 2).rev() { sift(a, i); }
    for end in (1..a.len()).rev() { a.swap(0, end); sift(&mut a[..end], 0); }
}
pub fn run(input: u64) -> u64 {
    let mut state = input + 1;
    let data: [u32; 40] = std::array::from_fn(|_| { state = state * 1103515245 % 2147483648 + 12345; (state >> 4) as u32 % 100 });
    let (mut a, mut b, mut c, mut d, mut e) = (data, data, data, data, data);
    insertion(&mut a);
    quick(&mut b);
    merge(&mut c);
    heap(&mut d, |x, y| x < y);
    e.sort_unstable_by_key(|x| u32::MAX - x);
    e.reverse();
    assert!(a == b && b == c && c == d && d == e, "they agree");
    let mut floats = data.map(|x| x as f32 / 7.0 - 5.0);
    insertion(&mut floats);
    a.iter().fold(0u64, |h, x| h.wrapping_mul(101) + *x as u64) ^ (floats[3].to_bits() as u64) << 20
}
