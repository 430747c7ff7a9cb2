//! Sums and products. Where the program checks for overflow, so do they.

pub trait Sum<A = Self>: Sized {
    fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
}

pub trait Product<A = Self>: Sized {
    fn product<I: Iterator<Item = A>>(iter: I) -> Self;
}

macro_rules! accumulate {
    ($($t:ty, $zero:expr, $one:expr;)*) => {
        $(
            impl Sum for $t {
                #[inline]
                #[track_caller]
                fn sum<I: Iterator<Item = Self>>(mut iter: I) -> Self {
                    let mut sum: $t = $zero;
                    while let Some(item) = iter.next() {
                        sum = sum + item;
                    }
                    sum
                }
            }

            impl<'a> Sum<&'a $t> for $t {
                #[inline]
                #[track_caller]
                fn sum<I: Iterator<Item = &'a Self>>(mut iter: I) -> Self {
                    let mut sum: $t = $zero;
                    while let Some(item) = iter.next() {
                        sum = sum + *item;
                    }
                    sum
                }
            }

            impl Product for $t {
                #[inline]
                #[track_caller]
                fn product<I: Iterator<Item = Self>>(mut iter: I) -> Self {
                    let mut product: $t = $one;
                    while let Some(item) = iter.next() {
                        product = product * item;
                    }
                    product
                }
            }

            impl<'a> Product<&'a $t> for $t {
                #[inline]
                #[track_caller]
                fn product<I: Iterator<Item = &'a Self>>(mut iter: I) -> Self {
                    let mut product: $t = $one;
                    while let Some(item) = iter.next() {
                        product = product * *item;
                    }
                    product
                }
            }
        )*
    };
}
// The sum of no floats is -0.0, to which every float adds up to itself.
accumulate! {
    u8, 0, 1; u16, 0, 1; u32, 0, 1; u64, 0, 1; u128, 0, 1; usize, 0, 1;
    i8, 0, 1; i16, 0, 1; i32, 0, 1; i64, 0, 1; i128, 0, 1; isize, 0, 1;
    f32, -0.0, 1.0; f64, -0.0, 1.0;
}
