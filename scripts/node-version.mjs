// Evaluated before any other module, so that an old Node gets one sentence instead of a stack trace.
const least = 20;

if (Number(process.versions.node.split('.')[0]) < least) {
  console.error(
    `OpenGPU needs Node ${least} or newer; this is Node ${process.versions.node}. Install a newer one and run the command again.`,
  );
  process.exit(1);
}
