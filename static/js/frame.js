// Inside a frame of <pooyesh-campaign>: tells the page around it how high the frame's content is, and nothing else.
const main = document.querySelector("main");
const tell = () => parent.postMessage({ pooyeshHeight: Math.ceil(main.getBoundingClientRect().height) }, "*");
new ResizeObserver(tell).observe(main);
