import chat.talk.internal.Threads; import java.util.concurrent.*; import java.util.concurrent.atomic.*;
public class Fjp { public static void main(String[] a) throws Exception { boolean lock=a.length>0; int lost=0, rej=0, n=20000; Object L=new Object();
 for(int i=0;i<n;i++){ ExecutorService p=Threads.callbacks("x"); CompletableFuture<Void> w=new CompletableFuture<>(); p.execute(()->w.complete(null)); w.get();
  CountDownLatch ran=new CountDownLatch(1); AtomicBoolean r=new AtomicBoolean(); CyclicBarrier b=new CyclicBarrier(2);
  int d=i%200; Thread t=new Thread(()->{ try{b.await();}catch(Exception e){} for(int k=0;k<d*5;k++)Thread.onSpinWait(); try{ if(lock){synchronized(L){ if(p.isShutdown()) {r.set(true);ran.countDown();} else p.execute(ran::countDown);}} else p.execute(ran::countDown);}catch(RejectedExecutionException e){r.set(true);ran.countDown();}}); t.start(); b.await(); for(int k=0;k<500;k++)Thread.onSpinWait();
  if(lock) synchronized(L){p.shutdown();} else p.shutdown(); t.join(); if(!ran.await(3,TimeUnit.SECONDS)) {lost++; System.out.println("lost at "+i); if(lost>3)break;} if(r.get())rej++; }
 System.out.println("lost "+lost+" rejected "+rej); System.exit(0);
}}
