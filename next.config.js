/** @type {import('next').NextConfig} */
const nextConfig = {
  // A second development server beside the first (the tests start one) needs a folder of its own.
  distDir: process.env.OPENGPU_DIST ?? '.next',
  transpilePackages: ['@opengpu/sdk', '@opengpu/worker'],
  poweredByHeader: false,
  // The types of everything are checked once, by tsc.
  typescript: { ignoreBuildErrors: true },
  // Development only: the page is opened at 127.0.0.1.
  allowedDevOrigins: ['127.0.0.1'],
  devIndicators: false,
};

export default nextConfig;
