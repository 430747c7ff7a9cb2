//! Cell, RefCell with its panics, OnceCell: changes through shared references.
//# inputs: 0 1 2 3 4
use std::cell::{Cell, OnceCell, RefCell};
struct Account { balance: Cell<i64>, log: RefCell<([i64; 8], usize)>, name: OnceCell<u64> }
impl Account {
    fn change(&self, by: i64) {
        self.balance.set(self.balance.get() + by);
        let mut log = self.log.borrow_mut();
        let at = log.1;
        log.0[at] = by;
        log.1 += 1;
    }
    fn name(&self) -> u64 { *self.name.get_or_init(|| self.balance.get() as u64 + 500) }
}
pub fn run(input: u64) -> u64 {
    let account = Account { balance: Cell::new(100), log: RefCell::new(([0; 8], 0)), name: OnceCell::new() };
    let again = &account;
    account.change(5);
    again.change(-(input as i64));
    let first = account.name();
    account.change(7);
    let old = account.balance.replace(1);
    let swapped = Cell::new(3);
    account.balance.swap(&swapped);
    if input == 3 {
        let _view = account.log.borrow();
        account.change(1);
    }
    if input == 4 {
        let _change = account.log.borrow_mut();
        return account.log.borrow().1 as u64;
    }
    let views = (account.log.borrow(), account.log.borrow());
    let sum: i64 = views.0.0.iter().sum::<i64>() + views.1.1 as i64;
    let busy = account.log.try_borrow_mut().is_err() as u64;
    first * 1000 + account.name() + old as u64 * 7 + swapped.get() as u64 * 3 + sum as u64 + busy
}
