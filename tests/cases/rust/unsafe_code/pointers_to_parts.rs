//! Pointers to fields and elements, intrusive lists over an array, container recovery by offset, and swaps through pointers.
use std::mem::offset_of;
use std::ptr;
#[repr(C)]
struct Link { next: *mut Link }
#[repr(C)]
struct Job { cost: u32, link: Link, name: u8 }
/// # Safety
/// `link` is the link of a job.
unsafe fn job_of(link: *mut Link) -> *mut Job { link.cast::<u8>().wrapping_sub(offset_of!(Job, link)).cast() }
struct Queue { head: *mut Link, tail: *mut *mut Link }
/// # Safety
/// The jobs outlive the queue's use.
unsafe fn order(jobs: &mut [Job], way: &[usize]) -> u64 {
    let mut head: *mut Link = ptr::null_mut();
    let mut tail: *mut *mut Link = &raw mut head;
    let base = jobs.as_mut_ptr();
    let mut sum = 0u64;
    // SAFETY: the indices are within, each is used once, and the list ends with null.
    unsafe {
        for at in way { let link = &raw mut (*base.add(*at)).link; *tail = link; tail = &raw mut (*link).next; }
        *tail = ptr::null_mut();
        let mut at = head;
        while let Some(link) = at.as_mut() {
            let job = job_of(link);
            sum = sum * 100 + (*job).cost as u64 + (*job).name as u64 % 7;
            (*job).cost += 1;
            at = link.next;
        }
    }
    sum
}
pub fn run(input: u64) -> u64 {
    let mut jobs: [Job; 4] = std::array::from_fn(|i| Job { cost: i as u32 * 3 + input as u32, link: Link { next: ptr::null_mut() }, name: b'a' + i as u8 });
    // SAFETY: `jobs` lives until the end, and each order names each job once.
    let (a, b) = unsafe { (order(&mut jobs, &[2, 0, 3, 1]), order(&mut jobs, &[1, 3][..input as usize % 3])) };
    let _unused = Queue { head: ptr::null_mut(), tail: ptr::null_mut() };
    let (x, y) = (&raw mut jobs[0].cost, &raw mut jobs[3].cost);
    // SAFETY: two different fields.
    unsafe { ptr::swap(x, y); *x += *y * 2; }
    a ^ b << 32 ^ jobs.iter().fold(0u64, |h, j| h * 1009 + j.cost as u64) ^ (_unused.head.is_null() && _unused.tail.is_null()) as u64
}
