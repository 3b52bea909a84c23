/** @type {import('next').NextConfig} */
const nextConfig = {
  // A second development server beside the first (the tests start one) needs a folder of its own.
  distDir: process.env.OPENGPU_DIST ?? '.next',
  transpilePackages: ['@opengpu/sdk', '@opengpu/worker'],
  poweredByHeader: false,
  // The types of everything are checked once, by tsc.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Development: the page is opened at 127.0.0.1.
  allowedDevOrigins: ['127.0.0.1'],
  // The Content-Security-Policy is in proxy.ts: it needs a nonce for each request.
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'no-referrer' },
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
          { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
        ],
      },
    ];
  },
};

export default nextConfig;
