//! An async function polled by hand: its future is a hidden type.
//# probe: 0 2 4 10
use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
async fn level(x: i64) -> i64 { std::future::ready(x).await * 2 }
pub fn probe(x: i64) -> i64 { match pin!(level(x)).poll(&mut Context::from_waker(Waker::noop())) { Poll::Ready(n) => n, Poll::Pending => -1 } }
//# after
//# expect: live
//# probe: 0 5 10 25
//# flight: old
use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
async fn level(x: i64) -> i64 { { let kept = [x; 5]; std::future::ready(()).await; kept.iter().sum::<i64>() } }
pub fn probe(x: i64) -> i64 { match pin!(level(x)).poll(&mut Context::from_waker(Waker::noop())) { Poll::Ready(n) => n, Poll::Pending => -1 } }
