//! flatten of options, results and arrays; sums of options and results; unzip and partition into tuples; collect into options.
pub fn run(input: u64) -> u64 {
    let options = [Some(3u64), None, Some(input), Some(8)];
    let a: u64 = options.iter().flatten().sum();
    let b = options.iter().copied().sum::<Option<u64>>().unwrap_or(9);
    let c: Option<u64> = options.iter().filter(|o| o.is_some()).copied().product();
    let results = [Ok(1u64), Ok(2), if input > 1 { Err(input) } else { Ok(4) }, Err(50)];
    let d: Result<u64, u64> = results[..3].iter().copied().sum();
    let nested = [[1u64, 2], [3, input], [5, 6]];
    let e = nested.iter().flatten().rev().fold(0, |s, x| s * 7 + x);
    let f = nested.into_iter().flat_map(|[x, y]| [y, x, y]).enumerate().map(|(i, x)| i as u64 * x).sum::<u64>();
    let g = (0..4u64).flat_map(|i| (i..4).map(move |j| (i, j))).filter(|(i, j)| (i + j + input) % 3 == 0).count() as u64;
    let h: Option<()> = options.into_iter().map(|o| o.map(|_| ())).collect();
    let sums: (u64, u64) = (0..6).map(|x| (x, x * input)).fold((0, 0), |(a, b), (x, y)| (a + x, b + y));
    let unit: () = (0..3).map(|_| ()).collect();
    let () = unit;
    a + b * 100 + c.unwrap_or(0) * 1000 + d.unwrap_or_else(|e| e + 500) * 7 + e * 3 + f * 11 + g * 13 + h.is_some() as u64 + sums.0 + sums.1
}
