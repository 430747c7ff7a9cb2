//! `Any` and `TypeId`: values whose type is found out when the program runs, behind every kind of pointer.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

struct Place<T> {
    value: T,
}

fn told(value: &dyn Any) -> u64 {
    if let Some(number) = value.downcast_ref::<u64>() {
        return *number;
    }
    if let Some(text) = value.downcast_ref::<&'static str>() {
        return text.len() as u64 * 10;
    }
    if let Some(place) = value.downcast_ref::<Place<Vec<u8>>>() {
        return place.value.len() as u64 * 100;
    }
    match value.downcast_ref::<fn(u64) -> u64>() {
        Some(function) => function(7) * 1000,
        None => value.is::<Place<u8>>() as u64 + 5,
    }
}

fn owned(value: Box<dyn Any + Send>) -> String {
    match value.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => match other.downcast::<i32>() {
            Ok(number) => number.to_string(),
            Err(other) => format!("{other:?}"),
        },
    }
}

#[derive(Default)]
struct Registry {
    all: HashMap<TypeId, Box<dyn Any>>,
}

impl Registry {
    fn put<T: Any>(&mut self, value: T) -> Option<Box<T>> {
        self.all.insert(TypeId::of::<T>(), Box::new(value)).and_then(|old| old.downcast().ok())
    }

    fn get<T: Any>(&mut self) -> Option<&mut T> {
        self.all.get_mut(&TypeId::of::<T>()).and_then(|value| value.downcast_mut())
    }
}

pub fn run(input: u64) -> u64 {
    let twice: fn(u64) -> u64 = |it| it * 2;
    let values: [&dyn Any; 6] =
        [&input, &"text", &Place { value: vec![1u8, 2] }, &Place { value: 1u8 }, &Place { value: 1i8 }, &twice];
    let mut sum: u64 = values.iter().map(|value| told(*value)).sum();
    let texts = [owned(Box::new(String::from("own"))), owned(Box::new(-5i32)), owned(Box::new('c'))];
    sum += texts.concat().bytes().map(u64::from).sum::<u64>();
    let mut registry = Registry::default();
    registry.put(input);
    registry.put(RefCell::new(1.5f32));
    sum += registry.put(input + 1).map_or(9, |old| *old * 3);
    *registry.get::<u64>().expect("it is there") += 5;
    sum += registry.get::<u64>().map_or(0, |value| *value) + registry.get::<u32>().is_none() as u64;
    let shared: Rc<dyn Any> = Rc::new(input as u16);
    sum += shared.clone().downcast::<u16>().map_or(0, |value| u64::from(*value) * 7);
    sum += shared.downcast::<u8>().is_err() as u64;
    let threads: Arc<dyn Any + Send + Sync> = Arc::new([input; 2]);
    sum += threads.downcast::<[u64; 2]>().map_or(0, |value| value[1]);
    let same = TypeId::of::<(u8, Box<dyn Any>)>() == TypeId::of::<(u8, Box<dyn Any>)>();
    let other = TypeId::of::<[u8; 3]>() != TypeId::of::<[u8; 4]>() && TypeId::of::<str>() != TypeId::of::<[u8]>();
    let told: &dyn Any = &Place { value: input };
    let behind = told.type_id() == TypeId::of::<Place<u64>>() && told.type_id() != TypeId::of::<&dyn Any>();
    sum + same as u64 * 1000 + other as u64 * 2000 + behind as u64 * 4000
}
