//! Types as values, and values whose type is found out when the program runs.

use crate::boxed::Box;
use crate::fmt;
use crate::rc::Rc;
use crate::sync::Arc;

pub fn type_name<T: ?Sized>() -> &'static str {
    crate::intrinsics::type_name::<T>()
}

pub fn type_name_of_val<T: ?Sized>(_val: &T) -> &'static str {
    crate::intrinsics::type_name::<T>()
}

#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct TypeId {
    number: u128,
}

impl TypeId {
    pub fn of<T: ?Sized + 'static>() -> TypeId {
        TypeId { number: crate::intrinsics::type_id::<T>() }
    }
}

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeId({:#034x})", self.number)
    }
}

pub trait Any: 'static {
    fn type_id(&self) -> TypeId;
}

impl<T: 'static + ?Sized> Any for T {
    fn type_id(&self) -> TypeId {
        TypeId::of::<T>()
    }
}

macro_rules! objects {
    ($($object:ty;)*) => {
        $(
            impl $object {
                #[inline]
                pub fn is<T: Any>(&self) -> bool {
                    TypeId::of::<T>() == self.type_id()
                }

                #[inline]
                pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
                    if self.is::<T>() { unsafe { Some(&*(self as *const Self as *const T)) } } else { None }
                }

                #[inline]
                pub fn downcast_mut<T: Any>(&mut self) -> Option<&mut T> {
                    if self.is::<T>() { unsafe { Some(&mut *(self as *mut Self as *mut T)) } } else { None }
                }
            }

            impl fmt::Debug for $object {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct("Any").finish_non_exhaustive()
                }
            }

            impl Box<$object> {
                #[inline]
                pub fn downcast<T: Any>(self) -> Result<Box<T>, Self> {
                    if !self.is::<T>() {
                        return Err(self);
                    }
                    unsafe { Ok(Box::from_raw(Box::into_raw(self) as *mut T)) }
                }
            }
        )*
    };
}
objects! { dyn Any; dyn Any + Send; dyn Any + Send + Sync; }

impl Rc<dyn Any> {
    pub fn downcast<T: Any>(self) -> Result<Rc<T>, Self> {
        if !(*self).is::<T>() {
            return Err(self);
        }
        let shared = self.shared.cast();
        crate::mem::forget(self);
        Ok(Rc { shared })
    }
}

impl Arc<dyn Any + Send + Sync> {
    pub fn downcast<T: Any + Send + Sync>(self) -> Result<Arc<T>, Self> {
        if !(*self).is::<T>() {
            return Err(self);
        }
        let shared = self.shared.cast();
        crate::mem::forget(self);
        Ok(Arc { shared })
    }
}
